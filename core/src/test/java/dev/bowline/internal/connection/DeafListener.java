package dev.bowline.internal.connection;

/** Hears of batches, and does nothing. */
final class DeafListener implements Outgoing.Listener {
    @Override
    public void outputWaits() {}

    @Override
    public void settled(Batch batch) {}
}
