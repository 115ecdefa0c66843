"""The tunables of the table reader, each with its reason. Lengths `_em` are in multiples of the type size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableSettings:
    rule_min_length: float = 40.0  # points; shorter horizontal strokes are cmidrules or underlines
    rule_align: float = 4.0  # points; rules of one table end within this of each other
    rule_join: float = 1.5  # points; segments drawn cell by cell meet closer than this, trimmed cmidrules do not
    caption_reach: float = (
        45.0  # points between a caption and its table; LaTeX's default is 10, notes may stand between
    )
    word_gap_em: float = 0.45  # a gap between words of one cell; a space is 0.25 to 0.33, columns are 0.6 apart or more
    gap_range_em: tuple[float, float] = (0.32, 0.9)  # where the gap that parts columns is looked for in a table
    mono_gap_em: float = 0.75  # the same in type of one width, whose space is 0.5 to 0.6
    space_factor: float = 1.5  # a page whose spaces are wide parts columns at this multiple of its usual space
    min_spaces: int = 20  # spaces on every second line of a page from which its usual one can be told
    tail_gap_em: float = 1.0  # a spread in brackets within this belongs to the number before it
    rival_rows: int = 4  # rows with the most words apart that are tried as the first picture of the columns
    header_gap_em: float = 0.28  # headers of three columns or more that stand this far apart may be as many
    header_off_em: float = 0.4  # by which each of them may miss the middle or the ends of its column
    sure_gap_em: float = 0.4  # the same for two columns and for header lines above others: spaces are 0.25 to 0.33
    sure_off_em: float = 0.06  # and how exactly these must be aligned
    valley_min: float = 0.8  # points; the white between two columns over all rows
    line_merge_em: float = 0.35  # base lines closer than this are one printed line
    centre_tolerance: float = 5.0  # points by which the centre of a spanning header may miss that of its columns
    narrow_prose_words: int = 4  # words of a full line in a narrow column, where two such lines follow each other
    justified_gap_em: float = 0.9  # the widest space that justified text in a narrow column shows
    text_air: float = 5.0  # points between a rule and running text that is no row (booktabs leaves 3 to its rows)
    parting_white_em: float = 2.2  # white between two rules higher than this parts one table from the next
    prose_words: int = 9  # a printed line with more words and no wide gap is running text
    text_columns: int = 6  # more columns, of words that stand apart no farther than in justified type, are one of text
    running_lines: int = 4  # lines that run on over a border of columns, of which fewer are long titles of rows
    min_numeric_share: float = 0.25  # of the body cells, for a region without a caption to count as a table

    small_type: float = 0.85  # of the size of running text; what is set smaller belongs to figures, notes and tables
    background_share: float = 0.5  # of the page; larger pictures and curves are backgrounds or scans
    min_bars: int = 3  # upright filled boxes without words that make a bar chart
    cell_words: float = 6.0  # mean words a cell of a table of words without caption; boxes of text have more
    block_pitch_em: float = 2.6  # base lines of a table without rules follow each other within this
    block_filled: float = 0.6  # mean share of the columns that its rows fill
    block_rows: float = 0.6  # share of its lines that have words in more than one column
    block_numbers: float = 0.5  # share of numbers beyond its first column, where no caption or rule speaks for it
    ragged_em: float = 1.2  # numbers of one column keep to a line within this
    max_columns: int = 40  # more runs of words on one line are letter-spaced type or the marks of a plot

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if (min(value) if isinstance(value, tuple) else value) <= 0:
                raise ValueError(f"TableSettings.{name} must be above 0")


DEFAULT_SETTINGS = TableSettings()
