package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468): what stands between {@code -----BEGIN label-----} and its END. What stands outside of
 * blocks is a comment, and may be anything.
 *
 * @param line of the file, where it begins
 * @param isEncrypted whether its headers say so, as RFC 1421 has it; a block may be encrypted without
 */
record PemBlock(Path file, int line, String label, boolean isEncrypted, String base64) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** All blocks of a file, in order. */
    static List<PemBlock> read(Path file) throws IOException {
        return parse(file, new String(FileContent.bytes(file), ISO_8859_1));
    }

    private static List<PemBlock> parse(Path file, String text) throws IOException {
        List<PemBlock> blocks = new ArrayList<>();
        Iterator<String> lines = text.lines().map(String::strip).iterator();
        for (int number = 1; lines.hasNext(); number++) {
            String line = lines.next();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                List<String> content = untilEnd(lines, file, number, label);
                blocks.add(block(file, number, label, content));
                number += content.size() + 1;
            }
        }
        return blocks;
    }

    private static List<String> untilEnd(Iterator<String> lines, Path file, int number, String label)
            throws IOException {
        List<String> content = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals("-----END " + label + DASHES)) {
                return content;
            }
            content.add(line);
        }
        throw new IOException(at(file, number) + "the " + Printable.text(label) + " has no end");
    }

    private static PemBlock block(Path file, int number, String label, List<String> content) {
        List<String> headers =
                content.stream().takeWhile(line -> line.indexOf(':') >= 0).toList();
        boolean isEncrypted = headers.stream().anyMatch(line -> line.contains("ENCRYPTED"));
        String base64 = String.join("", content.subList(headers.size(), content.size()));
        return new PemBlock(file, number, label, isEncrypted, base64);
    }

    /** What is in it. */
    byte[] der() throws IOException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw broken(notBase64);
        }
    }

    private static String at(Path file, int line) {
        return file + ", line " + line + ": ";
    }

    /** That what it holds is not what its label says. */
    IOException broken(Throwable cause) {
        return new IOException(
                at(file, line) + "the " + Printable.text(label) + " is broken: " + Printable.message(cause), cause);
    }
}
