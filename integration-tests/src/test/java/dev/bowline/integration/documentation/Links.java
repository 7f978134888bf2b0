package dev.bowline.integration.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether what a page links to is there: files of the project, and headings in them. */
final class Links {
    private final Path root;

    Links(Path root) {
        this.root = root;
    }

    /** A sentence for each that leads nowhere. */
    List<String> broken(Page page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Page.Place link : page.links()) {
            if (!link.text().contains("://") && !leadsSomewhere(page, link.text())) {
                broken.add(page.at(link.line()) + ": the link to " + link.text() + " leads nowhere");
            }
        }
        return broken;
    }

    private boolean leadsSomewhere(Page page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? Path.of(page.name()) : targetOf(page, file);
        if (hash < 0 || !Files.isRegularFile(root.resolve(target))) {
            return Files.exists(root.resolve(target));
        }
        return Page.read(root, target.toString()).headings().stream()
                .map(Links::anchor)
                .anyMatch(link.substring(hash + 1)::equals);
    }

    /** From the root of the project. */
    static Path targetOf(Page page, String file) {
        Path directory = Path.of(page.name()).getParent();
        return (directory == null ? Path.of(file) : directory.resolve(file)).normalize();
    }

    /** What a heading is called in links, where Markdown is shown as GitHub does. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
