/** All that a module has to say to use Bowline. The transport is found when it runs. */
module hello {
    requires dev.bowline;
}
