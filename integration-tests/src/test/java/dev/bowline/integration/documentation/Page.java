package dev.bowline.integration.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A page of the documentation.
 *
 * @param name its path from the root of the project, with slashes
 * @param text as it stands in the file
 * @param blocks its blocks of code, in order
 * @param words what it shows as code within a sentence or a table
 * @param links where its links lead to
 * @param headings in order
 */
record Page(String name, String text, List<Block> blocks, List<Place> words, List<Place> links, List<String> headings) {
    /**
     * A block of code.
     *
     * @param line of its first line, counted from 1
     * @param language what stands behind its fence; empty if nothing does
     * @param text its lines, each with its end
     */
    record Block(int line, String language, String text) {
        /** What a list of exceptions calls it. */
        String firstLine() {
            return text.lines().findFirst().orElse("");
        }
    }

    /** Something within a line. */
    record Place(int line, String text) {}

    private static final Parser MARKDOWN = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    static Page read(Path root, String name) throws IOException {
        return of(name, Files.readString(root.resolve(name)));
    }

    static Page of(String name, String text) {
        Page page = new Page(name, text, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        MARKDOWN.parse(text).accept(page.collector());
        return page;
    }

    private AbstractVisitor collector() {
        return new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                // Its own first line is the fence.
                blocks.add(new Block(lineOf(block) + 1, block.getInfo(), block.getLiteral()));
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                blocks.add(new Block(lineOf(block), "", block.getLiteral()));
            }

            @Override
            public void visit(Code code) {
                words.add(new Place(lineOf(code), code.getLiteral()));
            }

            @Override
            public void visit(Link link) {
                links.add(new Place(lineOf(link), link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Heading heading) {
                headings.add(TextContentRenderer.builder().build().render(heading));
                visitChildren(heading);
            }
        };
    }

    private static int lineOf(Node node) {
        return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    /** Where something is, for a sentence. */
    String at(int line) {
        return name + ":" + line;
    }
}
