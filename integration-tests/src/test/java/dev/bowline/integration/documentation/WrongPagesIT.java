package dev.bowline.integration.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of the pages, held against pages that are wrong, each in one thing; and against one that is right. */
@Timeout(600)
class WrongPagesIT {
    private static final Unchecked NOTHING = Unchecked.parse("");

    private static Page page(String text) {
        return Page.of("page.md", text);
    }

    private static List<String> problemsOf(String text) throws Exception {
        return PageCheck.of(page(text), NOTHING, null).problems();
    }

    @Test
    void aPageThatIsRightHasNoProblems() throws Exception {
        PageCheck.Result result = PageCheck.of(page("""
                        ```console
                        $ cat - nobody
                        cat: nobody: No such file or directory
                        $ echo $?
                        1
                        $ name=me
                        ```
                        ```console
                        $ echo "$name, 0.12 s, 8001" > said; cat said
                        me, 0.34 s, 8001
                        ```
                        ```java
                        import dev.bowline.line.*;
                        import java.time.Duration;
                        import org.junit.jupiter.api.*;
                        ```
                        ```java
                        class Word {
                            static String SAID = "hello";
                        }
                        ```
                        ```java
                        record Word(String said) {}

                        class Words {
                            Word last = new Word("hello");
                        }
                        ```
                        ```conversation
                        S: hello
                        C:
                        S: (ends)
                        ```
                        ```java
                        try (LineConnection connection = LineConnection.open("127.0.0.1:8001")) {
                            System.out.println(connection.readLine(Duration.ofSeconds(30)));
                            connection.send("");
                        }
                        ```
                        ```text
                        hello
                        ```
                        ```java
                        class WordTest {
                            @Test void passes() {}
                        }
                        ```
                        """), NOTHING, null);
        assertThat(result.problems()).isEmpty();
        assertThat(result.commands()).isEqualTo(4);
        assertThat(result.programs()).isEqualTo(2);
    }

    private static Stream<Arguments> wrongConsoles() {
        return Stream.of(
                Arguments.of("""
                        $ printf 'one\\ntwo\\n'
                        one
                        three
                        """, "2: 'printf 'one\\ntwo\\n'': the page says 'three', and it printed 'two'"),
                Arguments.of("""
                        $ echo one
                        one
                        two
                        """, "2: 'echo one': the page says 'two', and it printed no more"),
                Arguments.of("""
                        $ true
                        $ echo one
                        """, "3: 'echo one': it printed 'one', of which the page says nothing"),
                Arguments.of("""
                        $ echo 1.50 s, 2.5
                        1.25 s, 2.0
                        """, "2: 'echo 1.50 s, 2.5': the page says '1.25 s, 2.0', and it printed '1.50 s, 2.5'"),
                Arguments.of("$ false\n", "2: 'false': ends with exit code 1"),
                Arguments.of("""
                        $ echo one &
                        two
                        """, "2: 'echo one &': the page says 'two', and it printed 'one'"),
                Arguments.of("echo one\n", "2: a console begins with a prompt, '$ '"));
    }

    @ParameterizedTest
    @MethodSource("wrongConsoles")
    void aCommandThatDoesSomethingElseIsSaidWithItsPlace(String console, String sentence) throws Exception {
        assertThat(problemsOf("```console\n" + console + "```\n")).containsExactly("page.md:" + sentence);
    }

    private static Stream<Arguments> wrongBlocks() {
        return Stream.of(
                Arguments.of(
                        """
                        ```java
                        System.out.println("hello");
                        ```
                        ```text
                        hallo
                        ```
                        """, "2: the program prints something else: the page says 'hallo', and it printed 'hello'"),
                Arguments.of("""
                        ```java
                        System.out.println("hello");
                        ```
                        """, "2: the page does not say what this program prints"),
                Arguments.of("""
                        ```java
                        System.out.printn("hello");
                        ```
                        ```text
                        hello
                        ```
                        """, "2: does not compile: cannot find symbol in 'System.out.printn(\"hello\");'"),
                Arguments.of("""
                        ```java
                        class Gone extends Protocols {
                        }
                        ```
                        """, "2: does not compile: cannot find symbol in 'class Gone extends Protocols {'"),
                Arguments.of(
                        """
                        ```java
                        class Both {
                        }

                        new Both();
                        ```
                        """,
                        "2: classes and other statements are blocks of their own, and a class ends with a brace at the margin"),
                Arguments.of("""
                        ```text
                        hello
                        ```
                        """, "2: nothing before it is said to have printed this"),
                Arguments.of("""
                        ```xml
                        <hello/>
                        ```
                        """, "2: a block of 'xml' is neither checked nor said not to be"),
                Arguments.of("    $ echo one\n", "1: a block of '' is neither checked nor said not to be"),
                Arguments.of("""
                        ```conversation
                        S: hello
                        ```
                        """, "2: no program has this conversation"),
                Arguments.of("""
                        ```conversation
                        A: hello
                        ```
                        ```java
                        System.out.println("hello");
                        ```
                        ```text
                        hello
                        ```
                        """, "5: in a conversation nobody says 'A: hello'"),
                Arguments.of("""
                        ```java
                        import org.junit.jupiter.api.*;
                        ```
                        ```java
                        class FailingTest {
                            @Test void always() { throw new AssertionError("so"); }
                        }
                        ```
                        """, "5: test always() fails: java.lang.AssertionError: so"));
    }

    @ParameterizedTest
    @MethodSource("wrongBlocks")
    void aBlockThatIsWrongIsSaidWithItsPlace(String text, String sentence) throws Exception {
        assertThat(problemsOf(text)).containsExactly("page.md:" + sentence);
    }

    @Test
    void aProgramThatFailsShowsWhatItSaid() throws Exception {
        String text = """
                ```java
                if (args.length == 0) throw new IllegalStateException("no");
                ```
                ```text
                hello
                ```
                """;
        assertThat(problemsOf(text))
                .singleElement()
                .asString()
                .startsWith("page.md:2: the program ends with exit code 1: ")
                .contains("IllegalStateException: no");
    }

    @Test
    void aConversationThatGoesAnotherWayIsShown() throws Exception {
        String text = """
                ```conversation
                S: hello
                C: goodbye
                ```
                ```java
                try (LineConnection connection = LineConnection.open("127.0.0.1:8001")) {
                    System.out.println(connection.readLine(Duration.ofSeconds(30)));
                    connection.send("hello");
                }
                ```
                ```text
                hello
                ```
                """;
        assertThat(problemsOf(text))
                .singleElement()
                .asString()
                .startsWith("page.md:6: the program has another conversation: connection 1, step 2: ")
                .contains("expected \"goodbye\\r\\n\", came \"hello\\r\\n\"");
    }

    @Test
    void aCommandInASentenceIsRunInAConsoleOrIsAnException() {
        Page page = page("""
                `./bowline demo` and `./bowline bench --quick`, or `mvn verify`.

                ```console
                $ ./bowline demo | tail -n 1
                ```
                """);
        Unchecked exceptions = Unchecked.parse("# Why not\n\npage.md | mvn verify | it is what runs this\n");
        assertThat(new Mentions(List.of(page)).unchecked(page, exceptions))
                .containsExactly("page.md:1: './bowline bench --quick' is run in no console, and not said not to be");
        assertThat(exceptions.stale()).isEmpty();
    }

    @Test
    void anExceptionIsForOnePageAndHasAReason() {
        Unchecked exceptions = Unchecked.parse("other.md | $ false | why\n");
        assertThat(exceptions.has(page(""), "$ false")).isFalse();
        assertThat(exceptions.stale())
                .containsExactly("nothing on other.md begins with '$ false', which is said not to be checked");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unchecked.parse("page.md | mvn verify\n"))
                .withMessage(
                        "'page.md | mvn verify' has not got three columns: a page, what is not checked on it, and why");
    }

    @Test
    void aLinkToWhatIsNotThereIsBroken(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("there.md"), "# One heading: `this()`\n");
        Page page = page("""
                [a](there.md) [b](there.md#one-heading-this) [c](https://bowline.dev) [d](#here)
                [e](gone.md) [f](there.md#another)

                # Here
                """);
        Files.writeString(root.resolve(page.name()), page.text());
        assertThat(new Links(root).broken(page))
                .containsExactly(
                        "page.md:2: the link to gone.md leads nowhere",
                        "page.md:2: the link to there.md#another leads nowhere");
    }
}
