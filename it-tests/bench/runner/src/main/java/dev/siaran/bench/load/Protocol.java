package dev.siaran.bench.load;

import java.net.InetSocketAddress;

/** How an event is published. */
interface Protocol {

    /** Who is told. */
    InetSocketAddress address();

    /** One message with room for the data of an event; the same for all of them, because data is of one size. */
    Message message(int dataSize);

    /** The most messages without an answer. */
    int maxUnanswered();

    /**
     * Takes the next byte of the answers.
     *
     * @return 1 for each message that was taken, -1 for each that was refused, else 0
     */
    int answer(byte b);

    /** The bytes of a message, and where the data begins. */
    @SuppressWarnings("ArrayRecordComponent")
    record Message(byte[] bytes, int dataOffset) {

        static Message of(String head, int dataSize, String tail) {
            byte[] before = EventData.ascii(head);
            byte[] after = EventData.ascii(tail);
            byte[] bytes = new byte[before.length + dataSize + after.length];
            System.arraycopy(before, 0, bytes, 0, before.length);
            System.arraycopy(after, 0, bytes, before.length + dataSize, after.length);
            return new Message(bytes, before.length);
        }
    }
}
