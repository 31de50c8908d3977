package dev.siaran.internal.hub;

import java.io.IOException;

/** What a connection has to send. Called by the connection's shard only. */
interface Source {

    /** How far a turn has come. */
    enum Progress {
        /** Nothing was due. */
        NOTHING,
        /** A piece was written; there may be more. */
        SOME,
        /** A piece was written; the source wakes the connection when there is more. */
        ALL
    }

    /** Called once, when the connection can be written. */
    void opened(Connection connection);

    /** Writes the next piece, if one is due. The outlet is ready. */
    Progress writeNext(Outlet outlet) throws IOException;

    /** The connection has ended, perhaps before it was opened; nothing is written any more. Called once. */
    void closed();
}
