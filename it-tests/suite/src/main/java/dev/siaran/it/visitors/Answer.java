package dev.siaran.it.visitors;

import dev.siaran.it.crowd.Letters;

/** A response that a visitor waits for, of which every byte has to be its owner's. For the loop's thread. */
final class Answer {

    /** What is asked for. */
    enum Kind {
        /** The owner's letter, so many times. */
        PAGE(200),
        /** Another's channel. */
        REFUSAL(403),
        /** The owner's channel. */
        STREAM(200);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    private final Kind kind;
    private final int owner;
    private final int length;

    private long ownBytes;
    private long otherBytes;
    private boolean begun;

    /**
     * Something that has not come yet.
     *
     * @param owner the number of who asks
     * @param length how many letters a page has
     */
    Answer(Kind kind, int owner, int length) {
        this.kind = kind;
        this.owner = owner;
        this.length = length;
    }

    Kind kind() {
        return kind;
    }

    int owner() {
        return owner;
    }

    /** Whether the head has come. */
    boolean isBegun() {
        return begun;
    }

    /** Bytes of the owner's letter that have come. */
    long ownBytes() {
        return ownBytes;
    }

    /** Takes any byte of the response: of its head, of what is around its chunks, of its body. */
    void take(byte b) {
        if (!Letters.isOf(owner, b)) {
            throw new Fault("a byte of another: " + (b & 0xff));
        }
        if (b < 0) {
            ownBytes++;
        }
    }

    /** The head has come. */
    void head(int status) {
        begun = true;
        if (status != kind.status) {
            throw new Fault("status " + status);
        }
        if (ownBytes > 0) {
            throw new Fault("a name in the head");
        }
    }

    /** A byte of the body has come, and was taken before. */
    void body(byte b) {
        if (b >= 0) {
            otherBytes++;
        }
    }

    /** The whole response has come. */
    void end() {
        if (kind == Kind.PAGE && (ownBytes != 2L * length || otherBytes != 0)) {
            throw new Fault("a page of " + ownBytes + " and " + otherBytes + " bytes");
        }
        if (kind == Kind.REFUSAL && ownBytes != 0) {
            throw new Fault("a name in a refusal");
        }
    }

    @Override
    public String toString() {
        return kind + (kind == Kind.PAGE ? " " + length : "") + " of " + owner;
    }
}
