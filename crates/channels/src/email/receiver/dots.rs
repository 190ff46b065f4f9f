//! Where a mail ends, and which dots belong to the transport (RFC 5321, 4.5.2).
//!
//! Only CR LF `.` CR LF ends a mail. A bare LF or a bare CR is content like any other byte, wherever it stands: it
//! never begins or ends a line here, so a second mail can't be smuggled in behind `LF . LF`, `LF . CR LF`, `CR . CR`
//! or `CR LF . LF`. The library's own reader isn't used because it also ends at CR LF `.` CR CR LF, and never ends
//! an empty mail.

/// Takes the transport's dots out of a mail that arrives in pieces of any size.
#[derive(Debug, Default)]
pub(super) struct Dots {
    place: Place,
}

/// What came just before the next byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Nothing, or CR LF.
    #[default]
    LineStart,
    /// Something inside a line.
    Inside,
    /// A CR, already written.
    Return,
    /// The dot that begins a line, not written.
    Dot,
    /// That dot and a CR, neither written.
    DotReturn,
}

/// What became of one piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fed {
    /// The whole piece belongs to the mail, which goes on.
    More,
    /// The mail ended after this many bytes of the piece.
    Ended(usize),
}

impl Dots {
    /// Writes what belongs to the mail to `out`.
    pub(super) fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Fed {
        let mut at = 0;
        while let Some(&byte) = piece.get(at) {
            if self.place == Place::Inside && byte != b'\r' {
                let rest = &piece[at..];
                let run = rest.iter().position(|&byte| byte == b'\r').unwrap_or(rest.len());
                out.extend_from_slice(&rest[..run]);
                at += run;
                continue;
            }
            at += 1;
            if self.step(byte, out) {
                return Fed::Ended(at);
            }
        }
        Fed::More
    }

    /// Whether `byte` ends the mail.
    fn step(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        self.place = match (self.place, byte) {
            (Place::DotReturn, b'\n') => {
                self.place = Place::LineStart;
                return true;
            }
            (Place::LineStart, b'.') => Place::Dot,
            (Place::Dot, b'\r') => Place::DotReturn,
            (before, byte) => {
                if before == Place::DotReturn {
                    out.push(b'\r');
                }
                out.push(byte);
                match (before, byte) {
                    (Place::Return, b'\n') => Place::LineStart,
                    (_, b'\r') => Place::Return,
                    _ => Place::Inside,
                }
            }
        };
        false
    }
}
