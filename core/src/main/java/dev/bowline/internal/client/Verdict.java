package dev.bowline.internal.client;

import dev.bowline.ClientFailedException;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.internal.tls.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client that has ended has failed, and the sentence that says so: where, why, and what was left.
 *
 * @param queueFailure what broke its queue, if that did
 * @param givenUp why its policy or its protocol ended it, if that did
 * @param reached how far its drain had come
 */
record Verdict(
        Endpoint endpoint,
        DrainResult ended,
        @Nullable Throwable queueFailure,
        Attempts.@Nullable GivenUp givenUp,
        Drain.Phase reached) {
    /** Why it failed; null if it did what it was asked to. */
    @Nullable
    ClientFailedException failure() {
        if (queueFailure != null) {
            return failure("the queue failed: " + queueFailure, queueFailure);
        }
        boolean asked = reached.compareTo(Drain.Phase.LEAVING) >= 0;
        boolean isFailure = givenUp != null ? givenUp.isFailure() : !asked;
        boolean isAllOut = ended.undelivered().count() == 0 && ended.uncertain().count() == 0;
        if (!isFailure && isAllOut) {
            return null;
        }
        if (reached == Drain.Phase.OVERDUE && givenUp == null) {
            return failure("not all was delivered in time", null);
        }
        if (givenUp != null) {
            return failure(givenUp.why(), givenUp.cause());
        }
        return failure(asked ? "not all was delivered" : "the transport was closed", null);
    }

    private ClientFailedException failure(String why, @Nullable Throwable cause) {
        String where = why.contains(Peer.at(endpoint).text()) ? "" : endpoint + ": ";
        return new ClientFailedException(
                where + why + left(ended.undelivered(), "undelivered") + left(ended.uncertain(), "uncertain"), cause);
    }

    private static String left(Leftover what, String word) {
        if (what.count() == 0) {
            return "";
        }
        return "; " + what.count() + (what.count() == 1 ? " message " : " messages ") + word;
    }
}
