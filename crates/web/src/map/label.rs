//! What is written in the areas of a drawing: name and numbers where they have room, the number of open cases alone where
//! only that has, and nothing where it would run over a border. Every grid with its numbers stands in the list beside it.

use super::drawing::Piece;

/// Letters of a name, from large to small, in units of the drawing: 17 and 14 px where it is 700 px wide.
const SIZES: [f64; 2] = [24.0, 20.0];
/// Letters of the number that phones show instead, where a drawing is some 300 px wide.
const FEW: [f64; 2] = [46.0, 36.0];
/// From one line to the next, in sizes of the letters.
const LEADING: f64 = 1.25;
/// Words that all names of a level end in; longer ones first.
const LEVEL_WORDS: [&str; 10] = [
    "微网格",
    "专属网格",
    "一般网格",
    "总网格",
    "网格",
    " micro-grid",
    " dedicated grid",
    " general grid",
    " community grid",
    " grid",
];

/// What stands in an area.
pub struct Words {
    /// How large the letters are, in units of the drawing.
    pub size: f64,
    /// From above to below.
    pub lines: Vec<Line>,
}

/// A line of words, written around the middle of its area.
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it stands, in units of the drawing.
    pub y: f64,
    /// Whether it is a number, which is written in bold.
    pub is_number: bool,
}

/// The numbers of a grid, as they are written.
pub struct Numbers {
    /// With words for what is open and what is overdue.
    pub told: String,
    /// How many cases are open.
    pub open: String,
}

/// The most that fits: the name with what is told, the name with the number, the number.
pub fn words(piece: &Piece, name: &str, numbers: Option<&Numbers>) -> Option<Words> {
    let short = short_name(name);
    let bare = numbers.map(|numbers| (Vec::new(), Some(numbers.open.as_str())));
    let told = named(short, numbers.map(|numbers| numbers.told.as_str()));
    let counted = named(short, numbers.map(|numbers| numbers.open.as_str()));
    let mut choices = told.chain(counted).chain(bare);
    choices.find_map(|(lines, number)| {
        let lines: Vec<(&str, bool)> = (lines.iter().map(|line| (line.as_str(), false)))
            .chain(number.map(|number| (number, true)))
            .collect();
        SIZES.iter().find_map(|size| placed(piece, &lines, *size))
    })
}

/// A name in one line and in two, with a number below it.
fn named<'a>(
    name: &str,
    number: Option<&'a str>,
) -> impl Iterator<Item = (Vec<String>, Option<&'a str>)> + use<'a> {
    let lines = [Some(vec![name.to_owned()]), broken(name)];
    lines
        .into_iter()
        .flatten()
        .map(move |lines| (lines, number))
}

/// The number that a phone shows.
pub fn few(piece: &Piece, numbers: &Numbers) -> Option<Words> {
    let line = [(numbers.open.as_str(), true)];
    FEW.iter().find_map(|size| placed(piece, &line, *size))
}

/// Lines around the middle of an area, if they stay inside it.
fn placed(piece: &Piece, lines: &[(&str, bool)], size: f64) -> Option<Words> {
    let step = size * LEADING;
    let height = step * lines.len() as f64;
    let widest = lines
        .iter()
        .map(|(text, _)| width(text))
        .fold(0.0, f64::max);
    // half a letter on both sides, for the borders and their marks
    if piece.room(height / 2.0) < (widest + 1.0) * size {
        return None;
    }
    let top = piece.y - height / 2.0;
    let line = |(n, (text, is_number)): (usize, &(&str, bool))| Line {
        text: (*text).to_owned(),
        // letters stand on their line, which lies below their middle
        y: (top + step * n as f64 + size).round(),
        is_number: *is_number,
    };
    Some(Words {
        size,
        lines: lines.iter().enumerate().map(line).collect(),
    })
}

/// How wide a text is, in Chinese characters.
fn width(text: &str) -> f64 {
    let width = |c: char| if c.is_ascii() { 0.55 } else { 1.0 };
    text.chars().map(width).sum()
}

/// A name in two lines: near its middle, at a space or where a number begins if it can be (芙蓉里 13至18栋); neither a number
/// nor a Latin word is broken.
fn broken(name: &str) -> Option<Vec<String>> {
    let letters: Vec<char> = name.chars().collect();
    let half = letters.len().div_ceil(2);
    let is_break = |at: &usize| {
        !(letters[at - 1].is_ascii() && letters[*at].is_ascii()) || letters[*at] == ' '
    };
    let cost = |at: &usize| {
        let begins = letters[*at].is_ascii() && letters[at - 1] != '至';
        2 * at.abs_diff(half) + if begins { 0 } else { 5 }
    };
    let at = (1..letters.len()).filter(is_break).min_by_key(cost)?;
    let part = |letters: &[char]| letters.iter().collect::<String>().trim().to_owned();
    Some(vec![part(&letters[..at]), part(&letters[at..])])
}

/// A name without the word that all names of its level end in, but where a number would be left (第1网格). The map that
/// runs shortens alike (`ui/islands/grids.ts`).
fn short_name(name: &str) -> &str {
    let short = (LEVEL_WORDS.iter()).find_map(|word| name.strip_suffix(word));
    let says = |short: &&str| {
        let last = short.chars().last();
        last.is_some_and(|c| !c.is_ascii_digit() && !"一二三四五六七八九十".contains(c))
    };
    short.filter(says).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::ids::GridId;
    use uuid::Uuid;

    fn square(side: f64) -> Piece {
        let corners = [
            (0.0, 0.0),
            (side, 0.0),
            (side, side),
            (0.0, side),
            (0.0, 0.0),
        ];
        Piece {
            grid: GridId(Uuid::nil()),
            path: String::new(),
            outline: vec![corners.to_vec()],
            width: side,
            x: side / 2.0,
            y: side / 2.0,
        }
    }

    fn written(side: f64, name: &str) -> Vec<String> {
        let numbers = Numbers {
            told: "在办 11 · 超时 7".into(),
            open: "11".into(),
        };
        let words = words(&square(side), name, Some(&numbers));
        let lines = words.into_iter().flat_map(|words| words.lines);
        lines.map(|line| line.text).collect()
    }

    #[test]
    fn what_does_not_fit_gives_way_from_the_words_to_the_number_to_nothing() {
        assert_eq!(written(300.0, "锦绣苑网格"), ["锦绣苑", "在办 11 · 超时 7"]);
        assert_eq!(
            written(110.0, "芙蓉里13至18栋微网格"),
            ["芙蓉里", "13至18栋", "11"]
        );
        assert_eq!(written(60.0, "锦绣苑一期1至6栋微网格"), ["11"]);
        assert!(written(20.0, "锦绣苑网格").is_empty());
    }

    #[test]
    fn a_notch_at_the_height_of_the_words_takes_their_room() {
        let mut piece = square(300.0);
        piece.outline = vec![vec![
            (0.0, 0.0),
            (300.0, 0.0),
            (300.0, 140.0),
            (160.0, 150.0),
            (300.0, 160.0),
            (300.0, 300.0),
            (0.0, 300.0),
            (0.0, 0.0),
        ]];
        assert!(piece.room(15.0) < 50.0 && square(300.0).room(15.0) > 290.0);
    }

    #[test]
    fn a_name_loses_the_word_of_its_level_but_for_a_number() {
        for (name, short) in [
            ("锦绣苑二期微网格", "锦绣苑二期"),
            ("明湖实验学校专属网格", "明湖实验学校"),
            ("第1网格", "第1网格"),
            ("第二微网格", "第二微网格"),
            ("网格", "网格"),
            ("Lakeside micro-grid", "Lakeside"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }
}
