//! Rule: whether a mail follows the colours of the page or lies on a white sheet of its own, and which of its colours must change
//! so that its words can be read.

use super::colours::{Colour, Said, WHITE, in_attribute, in_style};
use super::tags::{Piece, Tag, pieces};

/// What a mail lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// It names no colours but black on white: it has those of the page, dark in the dark.
    Page,
    /// It names colours of its own, which were chosen for white.
    Sheet,
}

/// The ink of a sheet where the mail names none.
pub(super) const INK: Colour = Colour([0x1b, 0x1b, 0x1f]);
/// The ink of links on a sheet.
pub(super) const LINK: Colour = Colour([0x1a, 0x56, 0xb8]);

/// How far ink stands apart from its ground at least, where one of them is ours.
const APART: f64 = 4.5;
/// The same where the mail chose both.
const APART_AS_CHOSEN: f64 = 3.0;

/// How far ours is moved, where it must be: nobody chose it, so it may as well be read easily.
const APART_AS_OURS: f64 = 9.0;

/// What sanitised HTML should lie on.
pub(super) fn paper(html: &str) -> Paper {
    let own = pieces(html).any(|piece| match piece {
        Piece::Start(tag) => {
            let chosen = Chosen::of(tag);
            !chosen.ink.is_none_or(is_plain_ink) || !chosen.ground.is_none_or(is_plain_ground)
        }
        _ => false,
    });
    if own { Paper::Sheet } else { Paper::Page }
}

/// What a mail without a thought of colours writes all the same.
fn is_plain_ink(said: Said) -> bool {
    match said {
        Said::Painted(colour, opaque) => opaque >= 1.0 && colour.is_grey() && colour.brightest() <= 0x40,
        Said::Inherited => true,
        Said::Unclear => false,
    }
}

fn is_plain_ground(said: Said) -> bool {
    match said {
        Said::Painted(colour, opaque) => opaque <= 0.0 || (opaque >= 1.0 && colour.darkest() >= 0xfa),
        Said::Inherited => true,
        Said::Unclear => false,
    }
}

/// The colours that an element names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Chosen {
    ink: Option<Said>,
    ground: Option<Said>,
}

impl Chosen {
    fn of(tag: Tag<'_>) -> Self {
        let mut chosen = Self::default();
        for (name, value) in tag.attributes() {
            match name {
                "bgcolor" => chosen.ground = chosen.ground.or(Some(in_attribute(value))),
                "color" if tag.name == "font" => chosen.ink = chosen.ink.or(Some(in_attribute(value))),
                _ => {}
            }
        }
        // A style wins over attributes, and what comes later over what came before.
        for declaration in tag.attribute("style").unwrap_or_default().split(';') {
            match declaration.split_once(':').map(|(name, value)| (name.trim(), value)) {
                Some(("color", value)) => chosen.ink = Some(in_style(value)),
                Some(("background-color", value)) => chosen.ground = Some(in_style(value)),
                _ => {}
            }
        }
        chosen
    }
}

/// Goes through a mail and says what must be added to the style of each element.
pub(super) struct Painter {
    paper: Paper,
    around: Vec<Layer>,
}

/// The colours inside an element, and whether the mail chose them.
#[derive(Clone, Copy)]
struct Layer {
    ink: Colour,
    ink_is_chosen: bool,
    ground: Colour,
    ground_is_chosen: bool,
}

const BOTTOM: Layer = Layer { ink: INK, ink_is_chosen: false, ground: WHITE, ground_is_chosen: false };

impl Painter {
    /// For a mail on this paper.
    pub fn new(paper: Paper) -> Self {
        Self { paper, around: Vec::new() }
    }

    /// An element begins: what its style must say besides; empty for nothing.
    pub fn begin(&mut self, tag: Tag<'_>) -> String {
        let chosen = Chosen::of(tag);
        if self.paper == Paper::Page {
            return without(chosen);
        }
        let mut layer = self.around.last().copied().unwrap_or(BOTTOM);
        let mut added = String::new();
        match chosen.ground {
            Some(Said::Painted(colour, opaque)) if opaque > 0.0 => {
                layer.ground = colour.over(layer.ground, opaque);
                layer.ground_is_chosen = true;
            }
            Some(Said::Unclear) => added.push_str(NO_GROUND),
            _ => {}
        }
        match chosen.ink {
            Some(Said::Painted(colour, opaque)) => {
                layer.ink = colour.over(layer.ground, opaque);
                layer.ink_is_chosen = true;
            }
            Some(Said::Unclear) => added.push_str(NO_INK),
            Some(Said::Inherited) => {}
            None if tag.name == "a" && tag.attribute("href").is_some() => {
                (layer.ink, layer.ink_is_chosen) = (LINK, false);
            }
            None => {}
        }
        let apart = if layer.ink_is_chosen && layer.ground_is_chosen { APART_AS_CHOSEN } else { APART };
        if layer.ink.contrast(layer.ground) < apart {
            let wanted = if layer.ink_is_chosen { APART } else { APART_AS_OURS };
            layer.ink = layer.ink.readable_on(layer.ground, wanted);
            added.push_str(&format!("color:{}!important;", layer.ink.written()));
        }
        if !is_void(tag.name) {
            self.around.push(layer);
        }
        added
    }

    /// An element ends.
    pub fn end(&mut self) {
        self.around.pop();
    }
}

/// Black and white as the mail names them give way to the page's colours.
fn without(chosen: Chosen) -> String {
    let ink = chosen.ink.map_or("", |_| NO_INK);
    let ground = chosen.ground.map_or("", |_| NO_GROUND);
    format!("{ink}{ground}")
}

const NO_INK: &str = "color:inherit!important;";
const NO_GROUND: &str = "background-color:transparent!important;";

fn is_void(name: &str) -> bool {
    ["br", "col", "hr", "img", "wbr"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_with_colours_of_their_own_lie_on_a_sheet() {
        let check = |html: &str, expected: Paper| assert_eq!(paper(html), expected, "{html}");
        check("<p>Hello <b>you</b></p>", Paper::Page);
        check("<p style=\"color:#000;background-color:white\">x</p>", Paper::Page);
        check("<p style=\"color:rgb(33, 33, 33);font-family:Arial\">x</p>", Paper::Page);
        check("<span style=\"color:windowtext\">x</span><td bgcolor=\"ffffff\">y</td>", Paper::Page);
        check("<blockquote style=\"border-left:1px solid #ccc\">x</blockquote>", Paper::Page);
        check("<p style=\"color:#1f497d\">x</p>", Paper::Sheet);
        check("<font color=\"red\">x</font>", Paper::Sheet);
        check("<td bgcolor=\"#f4f4f4\">x</td>", Paper::Sheet);
        check("<p style=\"color:white\">x</p>", Paper::Sheet);
        check("<p style=\"color:var(--x)\">x</p>", Paper::Sheet);
        check("<p style=\"background-color:rgba(255,0,0,0)\">x</p>", Paper::Page);
    }

    /// `expected` is what is added to each start tag.
    fn check(html: &str, expected: &[&str]) {
        let mut painter = Painter::new(paper(html));
        let mut added = Vec::new();
        for piece in pieces(html) {
            match piece {
                Piece::Start(tag) => added.push(painter.begin(tag)),
                Piece::End(_) => painter.end(),
                Piece::Text(_) => {}
            }
        }
        assert_eq!(added, expected, "{html}");
    }

    #[test]
    fn the_page_takes_the_place_of_black_and_white() {
        check("<p style=\"color:black\">x</p>", &["color:inherit!important;"]);
        check("<table bgcolor=\"#ffffff\"></table>", &["background-color:transparent!important;"]);
        check("<p>x</p>", &[""]);
    }

    #[test]
    fn words_that_could_not_be_read_get_another_colour() {
        // White where its dark ground was lost, grey that is too light, the mail's own dark ground without an ink for it.
        check("<p style=\"color:#fff\">x</p>", &["color:#737373!important;"]);
        check("<p style=\"color:#999\">x</p>", &["color:#737373!important;"]);
        check("<td bgcolor=\"#202040\">x<p>y</p></td>", &["color:#c6c6c7!important;", ""]);
        check(
            "<td bgcolor=\"#202040\"><a href=\"https://x.example\">y</a></td>",
            &["color:#c6c6c7!important;", "color:#baccea!important;"],
        );
        check(
            "<td bgcolor=\"#101010\"><p style=\"color:#eee\">x</p></td>",
            &["color:#bbbbbc!important;", ""],
        );
        check("<td bgcolor=\"#ffffcc\">x<a href=\"https://x.example\">y</a></td>", &["", ""]);
        check("<p style=\"color:#1f497d\">x</p><br><p>y</p>", &["", "", ""]);
        check(
            "<p style=\"color:var(--x);background-color:var(--y)\">x</p>",
            &["background-color:transparent!important;color:inherit!important;"],
        );
    }

    #[test]
    fn what_the_mail_chose_together_stays_unless_it_is_hidden() {
        check("<td style=\"background-color:#e8552d;color:#fff\">x</td>", &[""]);
        check("<td style=\"background-color:#777;color:#777\">x</td>", &["color:#060606!important;"]);
    }
}
