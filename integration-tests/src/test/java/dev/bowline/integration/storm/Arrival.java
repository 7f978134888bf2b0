package dev.bowline.integration.storm;

/**
 * A line in a server's ledger.
 *
 * @param connection the number of the connection that it came on; they rise as connections were accepted
 */
record Arrival(int connection, StormLine line) {}
