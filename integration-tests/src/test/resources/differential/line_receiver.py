"""Feeds streams to Twisted's LineReceiver and tells what it made of them.

On standard input, for each stream: one byte, the delimiter's length, and the delimiter; MAX_LENGTH; the number of chunks;
then each chunk, its length in front. On standard output, for each stream: the number of events; then each event, a letter,
a length and so many bytes. All numbers but the first have four bytes, the highest first. It ends with its input.

The lines "pause", "close" and "raw N" are commands: see TwistedDifferentialIT.
"""

import struct
import sys

from twisted.internet.testing import StringTransport
from twisted.protocols.basic import LineReceiver


class Receiver(LineReceiver):
    def __init__(self):
        self.events = []
        self.wanted = 0

    def lineReceived(self, line):
        self.events.append((b"l", line))
        if line == b"pause":
            self.pauseProducing()
        elif line == b"close":
            self.transport.loseConnection()
        elif line.startswith(b"raw "):
            self.wanted = int(line[4:])
            self.setRawMode()

    def rawDataReceived(self, data):
        taken, rest = data[: self.wanted], data[self.wanted :]
        self.events.append((b"r", taken))
        self.wanted -= len(taken)
        if self.wanted == 0:
            self.setLineMode(rest)

    def lineLengthExceeded(self, line):
        # What it is told beyond the fact depends on the chunks.
        self.events.append((b"x", b""))
        return super().lineLengthExceeded(line)


def read(count):
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit(0)
    return data


def number():
    return struct.unpack(">I", read(4))[0]


def play(receiver, transport, chunks):
    for chunk in chunks:
        while receiver.paused and not transport.disconnecting:
            receiver.resumeProducing()
        if transport.disconnecting:
            return
        receiver.dataReceived(chunk)
    while receiver.paused and not transport.disconnecting:
        receiver.resumeProducing()


def main():
    while True:
        receiver = Receiver()
        receiver.delimiter = read(read(1)[0])
        receiver.MAX_LENGTH = number()
        chunks = [read(number()) for _ in range(number())]
        transport = StringTransport()
        receiver.makeConnection(transport)
        play(receiver, transport, chunks)
        answer = [struct.pack(">I", len(receiver.events))]
        for letter, data in receiver.events:
            answer += [letter, struct.pack(">I", len(data)), data]
        sys.stdout.buffer.write(b"".join(answer))
        sys.stdout.buffer.flush()


main()
