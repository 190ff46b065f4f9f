//! Rule: colours as styles and old attributes name them, and whether words in one can be read on another.

use cssparser::color::{parse_hash_color, parse_named_color};

/// A colour that covers what lies under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Colour(pub [u8; 3]);

/// What a style or an attribute says about a colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// This colour, so far opaque (0 to 1).
    Painted(Colour, f64),
    /// That of the element around.
    Inherited,
    /// Something that isn't understood.
    Unclear,
}

pub(super) const WHITE: Colour = Colour([255, 255, 255]);
const BLACK: Colour = Colour([0, 0, 0]);

impl Colour {
    /// As styles write it.
    pub fn written(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// What is seen where this lies over another, so far opaque.
    pub fn over(self, under: Self, opaque: f64) -> Self {
        let mut seen = under.0;
        for (under, over) in seen.iter_mut().zip(self.0) {
            // Between two bytes, so it fits into one.
            *under = (f64::from(*under) + (f64::from(over) - f64::from(*under)) * opaque).round() as u8;
        }
        Self(seen)
    }

    /// How far two colours stand apart: 1 to 21 (WCAG 2.2, *contrast ratio*).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The nearest colour on the way to black or white that stands so far apart from the ground.
    pub fn readable_on(self, ground: Self, apart: f64) -> Self {
        let end = if BLACK.contrast(ground) >= WHITE.contrast(ground) { BLACK } else { WHITE };
        let steps = (0..=20).map(|step| end.over(self, f64::from(step) / 20.0));
        steps.into_iter().find(|colour| colour.contrast(ground) >= apart).unwrap_or(end)
    }

    /// Grey, or nearly.
    pub fn is_grey(self) -> bool {
        self.0.iter().max().zip(self.0.iter().min()).is_some_and(|(most, least)| most - least <= 12)
    }

    /// The brightest of its parts.
    pub fn brightest(self) -> u8 {
        self.0.into_iter().max().unwrap_or_default()
    }

    /// The darkest of its parts.
    pub fn darkest(self) -> u8 {
        self.0.into_iter().min().unwrap_or_default()
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// A colour in a style.
pub(super) fn in_style(value: &str) -> Said {
    let value = value.trim().to_ascii_lowercase();
    let value = value.strip_suffix("!important").unwrap_or(&value).trim();
    match value {
        "inherit" | "initial" | "unset" | "revert" | "currentcolor" | "none" | "auto" => {
            return Said::Inherited;
        }
        "transparent" => return Said::Painted(WHITE, 0.0),
        "windowtext" | "canvastext" | "text" => return Said::Painted(BLACK, 1.0),
        "window" | "canvas" => return Said::Painted(WHITE, 1.0),
        _ => {}
    }
    let found = match (value.strip_prefix('#'), value.split_once('(')) {
        (Some(hash), _) => {
            let hash = parse_hash_color(hash.as_bytes()).ok();
            hash.map(|(red, green, blue, opaque)| (Colour([red, green, blue]), f64::from(opaque)))
        }
        (None, Some(("rgb" | "rgba", rest))) => rgb(rest),
        (None, Some(("hsl" | "hsla", rest))) => hsl(rest),
        (None, _) => {
            parse_named_color(value).ok().map(|(red, green, blue)| (Colour([red, green, blue]), 1.0))
        }
    };
    found.map_or(Said::Unclear, |(colour, opaque)| Said::Painted(colour, opaque))
}

/// A colour in an attribute such as `bgcolor`, which may leave out the `#`.
pub(super) fn in_attribute(value: &str) -> Said {
    match in_style(value) {
        Said::Unclear => in_style(&format!("#{}", value.trim())),
        said => said,
    }
}

/// The colour among the words of a `background`, as it was written.
pub(super) fn of_background(value: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let words = value.split(|c: char| {
        depth = if c == '(' { depth + 1 } else { depth.saturating_sub(usize::from(c == ')')) };
        c.is_whitespace() && depth == 0
    });
    words.into_iter().find(|word| matches!(in_style(word), Said::Painted(..)))
}

fn parts(inside: &str) -> Option<Vec<(f64, bool)>> {
    let inside = inside.trim_end_matches(')');
    let words =
        inside.split(|c: char| c.is_whitespace() || c == ',' || c == '/').filter(|word| !word.is_empty());
    let parts: Option<Vec<(f64, bool)>> = words
        .map(|word| {
            let number = word.trim_end_matches('%').trim_end_matches("deg");
            let number: f64 = number.parse().ok()?;
            Some((number, word.ends_with('%')))
        })
        .collect();
    parts.filter(|parts| parts.len() == 3 || parts.len() == 4)
}

fn opacity(part: Option<&(f64, bool)>) -> f64 {
    part.map_or(1.0, |(number, percent)| if *percent { number / 100.0 } else { *number }).clamp(0.0, 1.0)
}

fn rgb(inside: &str) -> Option<(Colour, f64)> {
    let parts = parts(inside)?;
    let mut colour = [0; 3];
    for (byte, (number, percent)) in colour.iter_mut().zip(&parts) {
        let number = if *percent { number * 255.0 / 100.0 } else { *number };
        *byte = number.round().clamp(0.0, 255.0) as u8;
    }
    Some((Colour(colour), opacity(parts.get(3))))
}

/// From hue, saturation and lightness (CSS Color 4, 7.1).
fn hsl(inside: &str) -> Option<(Colour, f64)> {
    let parts = parts(inside)?;
    let part = |at: usize| parts.get(at).map_or(0.0, |(number, _)| *number);
    let (hue, full, light) = (part(0), (part(1) / 100.0).clamp(0.0, 1.0), (part(2) / 100.0).clamp(0.0, 1.0));
    let channel = |start: f64| {
        let at = (start + hue / 30.0).rem_euclid(12.0);
        let wave = (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
        ((light - full * light.min(1.0 - light) * wave) * 255.0).round() as u8
    };
    Some((Colour([channel(0.0), channel(8.0), channel(4.0)]), opacity(parts.get(3))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_browsers_read_them() {
        let check = |value: &str, expected: Said| assert_eq!(in_style(value), expected, "{value}");
        let painted = |red, green, blue| Said::Painted(Colour([red, green, blue]), 1.0);
        check("red", painted(255, 0, 0));
        check(" RebeccaPurple ", painted(102, 51, 153));
        check("#fff", painted(255, 255, 255));
        check("#0A0b0C !important", painted(10, 11, 12));
        check("rgb(1, 2,3)", painted(1, 2, 3));
        check("rgb(100% 0% 50%)", painted(255, 0, 128));
        check("rgba(1,2,3,.5)", Said::Painted(Colour([1, 2, 3]), 0.5));
        check("rgb(1 2 3 / 25%)", Said::Painted(Colour([1, 2, 3]), 0.25));
        check("hsl(120, 100%, 25%)", painted(0, 128, 0));
        check("hsl(210deg 50% 40%)", painted(51, 102, 153));
        check("windowtext", painted(0, 0, 0));
        check("transparent", Said::Painted(WHITE, 0.0));
        check("inherit", Said::Inherited);
        check("var(--x)", Said::Unclear);
        check("rgb(x)", Said::Unclear);
        check("#ff", Said::Unclear);
        assert_eq!(in_attribute("336699"), painted(51, 102, 153));
        assert_eq!(in_attribute("white"), painted(255, 255, 255));
        assert_eq!(in_attribute("no colour"), Said::Unclear);
    }

    #[test]
    fn a_background_names_its_colour_among_other_things() {
        let check =
            |value: &str, expected: Option<&str>| assert_eq!(of_background(value), expected, "{value}");
        check("#fff", Some("#fff"));
        check("no-repeat center rgb(1, 2, 3)", Some("rgb(1, 2, 3)"));
        check("url(x.png) no-repeat", None);
        check("linear-gradient(red, blue)", None);
    }

    #[test]
    fn contrast_is_what_the_guideline_says() {
        let check = |one: [u8; 3], two: [u8; 3], expected: &str| {
            assert_eq!(format!("{:.2}", Colour(one).contrast(Colour(two))), expected);
        };
        check([0, 0, 0], [255, 255, 255], "21.00");
        check([118, 118, 118], [255, 255, 255], "4.54");
        check([255, 0, 0], [255, 255, 255], "4.00");
    }

    #[test]
    fn what_cannot_be_read_is_moved_until_it_can() {
        let check = |ink: [u8; 3], ground: [u8; 3], apart| {
            let found = Colour(ink).readable_on(Colour(ground), apart);
            assert!(found.contrast(Colour(ground)) >= apart, "{ink:?} on {ground:?}: {found:?}");
        };
        for ground in [[0, 0, 0], [255, 255, 255], [128, 128, 128], [200, 30, 30], [30, 30, 200]] {
            for ink in [[0, 0, 0], [255, 255, 255], [150, 150, 150], [255, 255, 0]] {
                check(ink, ground, 4.5);
            }
        }
        let kept = Colour([10, 60, 120]);
        assert_eq!(kept.readable_on(WHITE, 4.5), kept);
    }
}
