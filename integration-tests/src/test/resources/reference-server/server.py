#!/usr/bin/env python3
"""The reference line server: a Twisted LineReceiver for Bowline's tests to talk to.

What it answers, to the byte, stands in README.md beside this file; the twin on the JVM obeys the same text.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import threading
import zlib
from collections import deque
from typing import Callable, Deque, Iterable, Iterator, NamedTuple, Optional

from twisted import __version__ as twisted_version
from OpenSSL import crypto
from twisted.internet import reactor
from twisted.internet.interfaces import IHalfCloseableProtocol, IPullProducer, ISSLTransport
from twisted.internet.protocol import ServerFactory
from twisted.internet.ssl import CertificateOptions, TLSVersion
from twisted.protocols.basic import LineReceiver
from zope.interface import implementer

CRLF = b"\r\n"
PIECE = 65536  # bytes given to the transport at a time
PACE = 0.001  # seconds between the writes of !split
LONGEST_FLOOD_LINE = 1048576

USAGES = (
    "!close", "!abort", "!half", "!flood N SIZE", "!long N", "!split N LINE",
    "!pause MS", "!raw N", "!mute N", "!count", "!ledger", "!starttls",
)  # fmt: skip


def pattern(usage: str) -> re.Pattern[bytes]:
    text = re.sub("[A-Z]+", lambda word: "(.*)" if word[0] == "LINE" else "([0-9]{1,9})", usage)
    return re.compile(text.encode(), re.DOTALL)


COMMANDS = {usage.split()[0].encode(): (pattern(usage), usage) for usage in USAGES}


class Ledger:
    """Every line received, one entry each: connection number, space, line, CRLF. No line contains CRLF."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self.highest = self._recover()

    def _recover(self) -> int:
        """Cuts off an entry that a kill left unfinished; returns the highest connection number."""
        highest = whole = 0
        for entry in self._entries(0):
            highest = max(highest, int(entry.split(b" ", 1)[0]))
            whole += len(entry) + len(CRLF)
        os.ftruncate(self._file, whole)
        return highest

    def _entries(self, start: int) -> Iterator[bytes]:
        rest = b""
        with open(self._path, "rb") as file:
            file.seek(start)
            while chunk := file.read(PIECE):
                *entries, rest = (rest + chunk).split(CRLF)
                yield from entries

    def append(self, connection: int, line: bytes) -> None:
        os.write(self._file, b"%d %b\r\n" % (connection, line))

    def size(self) -> int:
        return os.fstat(self._file).st_size

    def lines_of(self, connection: int, start: int, count: int) -> Iterator[bytes]:
        """The first `count` lines of a connection, each with CRLF; its entries begin at `start` or later."""
        prefix = b"%d " % connection
        for entry in self._entries(start):
            if count and entry.startswith(prefix):
                count -= 1
                yield entry[len(prefix) :] + CRLF
            if not count:
                return


def in_pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of about PIECE bytes that end where a line ends."""
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


class Source(NamedTuple):
    pieces: Iterator[bytes]
    pace: float
    ended: Callable[[], None]


@implementer(IPullProducer)
class Feed:
    """What a connection sends beside its plain answers.

    The transport asks for a piece when its buffer is empty, so a client that reads slowly costs no memory.
    While registered, a piece is on its way out or a timer will write one: no other wake-up is needed.
    """

    def __init__(self, transport) -> None:
        self._transport = transport
        self._sources: Deque[Source] = deque()
        self._registered = False
        self._timer = None

    def last(self, source: Source) -> None:
        self._sources.append(source)
        self._register()

    def first(self, source: Source) -> None:
        self._sources.appendleft(source)
        self._register()

    def _register(self) -> None:
        if not self._registered:
            self._registered = True
            self._transport.registerProducer(self, False)

    def resumeProducing(self) -> None:
        if self._timer is not None:
            return
        while self._sources:
            source = self._sources[0]
            piece = next(source.pieces, None)
            if piece is not None:
                if source.pace:
                    self._timer = reactor.callLater(source.pace, self._write_alone, piece)
                else:
                    self._transport.write(piece)
                return
            self._sources.popleft()
            source.ended()
        self.stopProducing()

    def _write_alone(self, piece: bytes) -> None:
        self._timer = None
        self._transport.write(piece)

    def stopProducing(self) -> None:
        self._sources.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._registered:
            self._registered = False
            self._transport.unregisterProducer()


@implementer(IHalfCloseableProtocol)
class ReferenceProtocol(LineReceiver):
    delimiter = CRLF
    MAX_LENGTH = 16384

    def __init__(self, number: int, ledger: Optional[Ledger], tls: Optional[CertificateOptions]) -> None:
        self.number = number
        self.ledger = ledger
        self.tls = tls
        self.ledger_start = ledger.size() if ledger else 0
        self.lines = 0
        self.muted = 0
        self.sending = True
        self.closing = False
        self.raw_length = self.raw_left = self.raw_crc = 0
        self.pause_timer = None

    def connectionMade(self) -> None:
        self.transport.setTcpNoDelay(True)
        self.feed = Feed(self.transport)

    def connectionLost(self, reason) -> None:
        self.clearLineBuffer()
        if self.pause_timer is not None:
            self.pause_timer.cancel()

    def readConnectionLost(self) -> None:
        self.transport.loseConnection()  # once everything is answered: a feed under way holds it open

    def writeConnectionLost(self) -> None:
        pass  # after !half: reading goes on

    def protected(self) -> bool:
        return ISSLTransport.providedBy(self.transport)

    def dataReceived(self, data: bytes) -> None:
        if not self.closing:  # TLS goes on reading until the client's close_notify
            LineReceiver.dataReceived(self, data)

    def lineLengthExceeded(self, line: bytes) -> None:
        self.do_close()

    def lineReceived(self, line: bytes) -> None:
        self.lines += 1
        if self.ledger:
            self.ledger.append(self.number, line)
        if line.startswith(b"!"):
            self.command(line)
        elif self.muted:
            self.muted -= 1
        else:
            self.answer(line)

    def answer(self, line: bytes) -> None:
        if self.sending:
            self.sendLine(line)

    def answer_in_order(self, pieces: Iterable[bytes], pace: float = 0) -> None:
        """A long answer: no further line is taken before its end."""
        if self.sending:
            self.pauseProducing()
            self.feed.first(Source(iter(pieces), pace, self.resumeProducing))

    def command(self, line: bytes) -> None:
        name = line.split(b" ", 1)[0]
        if name not in COMMANDS:
            self.answer(b"? There is no such command.")
            return
        arguments, usage = COMMANDS[name]
        match = arguments.fullmatch(line)
        if match is None:
            self.answer(b"? Usage: " + usage.encode())
            return
        values = (value if field == "LINE" else int(value) for value, field in zip(match.groups(), usage.split()[1:]))
        getattr(self, "do_" + name[1:].decode())(*values)

    def do_close(self) -> None:
        self.closing = True
        self.clearLineBuffer()
        self.feed.stopProducing()
        self.transport.loseConnection()

    def do_abort(self) -> None:
        self.clearLineBuffer()  # or LineReceiver would go on with the lines it holds
        self.transport.abortConnection()

    def do_half(self) -> None:
        if self.protected():
            self.answer(b"? Under TLS nothing is half-closed.")
        elif self.sending:
            self.sending = False
            self.feed.stopProducing()
            self.transport.loseWriteConnection()

    def do_flood(self, count: int, size: int) -> None:
        if not len(str(count)) <= size <= LONGEST_FLOOD_LINE:
            self.answer(b"? SIZE must hold the digits of N and be 1048576 or less.")
        elif self.sending:
            lines = (b"%0*d\r\n" % (size, number) for number in range(1, count + 1))
            self.feed.last(Source(in_pieces(lines), 0, lambda: None))

    def do_long(self, count: int) -> None:
        self.answer_in_order(b"x" * min(PIECE, count - done) for done in range(0, count, PIECE))

    def do_split(self, size: int, line: bytes) -> None:
        if size == 0:
            self.answer(b"? N must be 1 or more.")
            return
        text = line + CRLF
        self.answer_in_order((text[at : at + size] for at in range(0, len(text), size)), PACE)

    def do_pause(self, milliseconds: int) -> None:
        self.pauseProducing()
        self.pause_timer = reactor.callLater(milliseconds / 1000, self.pause_ended)

    def pause_ended(self) -> None:
        self.pause_timer = None
        self.resumeProducing()

    def do_raw(self, count: int) -> None:
        self.raw_length = self.raw_left = count
        self.raw_crc = 0
        self.setRawMode()
        if count == 0:
            self.raw_ended(b"")

    def rawDataReceived(self, data: bytes) -> None:
        raw, rest = data[: self.raw_left], data[self.raw_left :]
        self.raw_left -= len(raw)
        self.raw_crc = zlib.crc32(raw, self.raw_crc)
        if self.raw_left == 0:
            self.raw_ended(rest)

    def raw_ended(self, rest: bytes) -> None:
        self.answer(b"raw %d %08x" % (self.raw_length, self.raw_crc))
        self.setLineMode(rest)

    def do_mute(self, count: int) -> None:
        self.muted = count

    def do_count(self) -> None:
        self.answer(b"count %d" % self.lines)

    def do_ledger(self) -> None:
        if self.ledger is None:
            self.answer(b"? This server keeps no ledger.")
            return
        self.answer(b"ledger %d %d" % (self.number, self.lines))
        self.answer_in_order(in_pieces(self.ledger.lines_of(self.number, self.ledger_start, self.lines)))

    def do_starttls(self) -> None:
        if self.protected():
            self.answer(b"? This connection speaks TLS already.")
        elif self.tls is None:
            self.answer(b"? This server speaks no TLS.")
        elif self.sending:
            self.feed.stopProducing()
            self.answer(b"starttls")
            if self.clearLineBuffer():
                self.do_close()
            else:
                self.transport.startTLS(self.tls)


class ReferenceFactory(ServerFactory):
    noisy = False

    def __init__(self, ledger: Optional[Ledger], tls: Optional[CertificateOptions]) -> None:
        self._ledger = ledger
        self._tls = tls
        self._number = ledger.highest if ledger else 0

    def buildProtocol(self, address) -> ReferenceProtocol:
        self._number += 1
        return ReferenceProtocol(self._number, self._ledger, self._tls)


def tls_options(certificate: str, key: str) -> CertificateOptions:
    """TLS 1.2 and 1.3 with this certificate; clients need none, and may resume their sessions."""
    with open(certificate, "rb") as file:
        shown = crypto.load_certificate(crypto.FILETYPE_PEM, file.read())
    with open(key, "rb") as file:
        secret = crypto.load_privatekey(crypto.FILETYPE_PEM, file.read())
    return CertificateOptions(
        certificate=shown, privateKey=secret, raiseMinimumTo=TLSVersion.TLSv1_2, enableSessionTickets=True
    )


def stop_at_end_of_input() -> None:
    """Stops the server when its standard input ends: it dies with whoever started it, however that dies."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), PIECE):
            pass
        reactor.callFromThread(reactor.stop)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    parser = argparse.ArgumentParser(description="The line server that Bowline is tested against.")
    parser.add_argument("--port", type=int, default=8001, help="0 picks a free one (default: 8001)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--ledger", metavar="FILE", help="keep every line received in this file")
    parser.add_argument("--tls-port", type=int, metavar="PORT", help="a second port, for TLS; 0 picks a free one")
    parser.add_argument("--certificate", metavar="FILE", help="what it shows then, and after !starttls (PEM)")
    parser.add_argument("--key", metavar="FILE", help="the key of that certificate (PEM)")
    parser.add_argument("--until-eof", action="store_true", help="stop when standard input ends")
    options = parser.parse_args()

    given = (options.tls_port is not None, options.certificate is not None, options.key is not None)
    if any(given) and not all(given):
        parser.error("--tls-port, --certificate and --key go together")
    tls = tls_options(options.certificate, options.key) if all(given) else None

    factory = ReferenceFactory(Ledger(options.ledger) if options.ledger else None, tls)
    ports = [reactor.listenTCP(options.port, factory, backlog=1024, interface=options.host)]
    if tls:
        ports.append(reactor.listenSSL(options.tls_port, factory, tls, backlog=1024, interface=options.host))
    if options.until_eof:
        stop_at_end_of_input()
    print(f"Twisted {twisted_version}")
    print("READY", *(port.getHost().port for port in ports), flush=True)
    reactor.run()


if __name__ == "__main__":
    main()
