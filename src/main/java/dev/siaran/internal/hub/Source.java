package dev.siaran.internal.hub;

import java.io.IOException;

/** What a connection has to send. Called by the connection's shard only. */
interface Source {

    /** Called once, when the connection can be written. */
    void opened(Connection connection);

    /**
     * Writes the next piece, if one is due. The outlet is ready.
     *
     * @return whether anything was written
     */
    boolean writeNext(Outlet outlet) throws IOException;

    /** The connection has ended, perhaps before it was opened; nothing is written any more. Called once. */
    void closed();
}
