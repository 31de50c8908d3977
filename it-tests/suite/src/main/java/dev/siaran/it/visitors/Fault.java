package dev.siaran.it.visitors;

/** A visitor has got what it should not. */
final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    Fault(String message) {
        super(message);
    }
}
