/** What tests of protocols, and tests of transports, are made of. */
module dev.bowline.testkit {
    requires transitive dev.bowline;

    exports dev.bowline.testkit;
}
