package dev.bowline.testkit;

import java.io.IOException;

/**
 * One step of a server's script.
 *
 * @param what a clause for sentences about it, such as {@code answer "250 ok\r\n"}
 * @param action what the server does
 */
record ScriptStep(String what, Action action) {
    /** Plays a step on a connection. */
    interface Action {
        void play(ScriptedConnection connection) throws ScriptMismatch, IOException, InterruptedException;
    }
}
