package dev.bowline.benchmarks.report;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * A picture of bars, one for each contender, as SVG: the bar is the median, the line over it goes from the least to the greatest
 * sample. Its colours follow the reader's, light or dark.
 *
 * @param unit what stands behind the numbers
 */
public record Chart(String title, String unit, List<Bar> bars) {
    /**
     * One contender.
     *
     * @param ours whether it is to stand out
     */
    public record Bar(String name, double median, double low, double high, boolean ours) {}

    private static final int WIDTH = 760;
    private static final int NAMES = 190;
    private static final int NUMBERS = 110;
    private static final int TOP = 44;
    private static final int STEP = 26;
    private static final int THICKNESS = 16;
    private static final int BOTTOM = 12;

    private static final String STYLE = """
              <style>
                text { font: 13px system-ui, sans-serif; fill: #24292f }
                .title { font-weight: 600; font-size: 15px }
                .unit { fill: #57606a }
                .peer { fill: #8c959f }
                .ours { fill: #0969da }
                .spread { stroke: #24292f; stroke-width: 1.5 }
                @media (prefers-color-scheme: dark) {
                  text { fill: #e6edf3 }
                  .unit { fill: #8d96a0 }
                  .peer { fill: #6e7681 }
                  .ours { fill: #4493f8 }
                  .spread { stroke: #e6edf3 }
                }
              </style>
            """;

    /** The picture. */
    public String toSvg() {
        int height = TOP + bars.size() * STEP + BOTTOM;
        Formatter svg = new Formatter(Locale.ROOT);
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH, height, WIDTH, height);
        svg.format("  <title>%s</title>%n", escaped(title));
        svg.format("%s", STYLE);
        svg.format("  <text class=\"title\" x=\"0\" y=\"18\">%s</text>%n", escaped(title));
        svg.format("  <text class=\"unit\" x=\"%d\" y=\"18\" text-anchor=\"end\">%s</text>%n", WIDTH, escaped(unit));
        double most = bars.stream().mapToDouble(Bar::high).max().orElse(1);
        for (int n = 0; n < bars.size(); n++) {
            bar(svg, bars.get(n), TOP + n * STEP, (WIDTH - NAMES - NUMBERS) / most);
        }
        return svg.format("</svg>%n").toString();
    }

    private static void bar(Formatter svg, Bar bar, int top, double scale) {
        double middle = top + THICKNESS / 2.0;
        svg.format("  <text x=\"0\" y=\"%d\">%s</text>%n", top + 13, escaped(bar.name()));
        svg.format(
                "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                bar.ours() ? "ours" : "peer", NAMES, top, bar.median() * scale, THICKNESS);
        svg.format(
                "  <line class=\"spread\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                NAMES + bar.low() * scale, middle, NAMES + bar.high() * scale, middle);
        svg.format(
                "  <text x=\"%.1f\" y=\"%d\">%s</text>%n",
                NAMES + bar.high() * scale + 8, top + 13, number(bar.median()));
    }

    /** Three digits, and a letter for millions and thousands. */
    static String number(double value) {
        if (value >= 1e6) {
            return digits(value / 1e6) + " M";
        }
        return value >= 1e4 ? digits(value / 1e3) + " k" : digits(value);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
