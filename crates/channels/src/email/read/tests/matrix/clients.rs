//! The matrix: how each mail program lays out an answer, its signature and what it quotes, as text and as HTML.

use super::languages::Language;

/// Where the answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Above,
    Below,
    Between,
}

/// A mail program.
pub struct Client {
    pub name: &'static str,
    /// Which phrase introduces what it quotes.
    pub introduction: Introduction,
    /// The element around the quote, with `{intro}` and `{old}`.
    pub html: &'static str,
}

/// What stands above the quoted mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Introduction {
    /// A sentence, and `>` before each line.
    Angled(&'static str),
    /// A sentence, and the earlier mail as it was.
    Bare(&'static str),
    /// `-----Original Message-----` and a sentence between dashes.
    Dashed(&'static str),
    /// `From:`, `Sent:`, with what stands around it.
    Head { labels: &'static str, above: Above, bold: Bold },
    /// A forwarded mail, announced by the form of so many.
    Forward(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Above {
    Nothing,
    Rule,
    Original(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bold {
    Yes,
    No,
}

use Introduction::{Angled, Bare, Dashed, Forward, Head};

const CITE: &str = "<br><div>{intro}</div><blockquote type=\"cite\">{old}</blockquote>";
const OUTLOOK: &str = "<div><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p class=\"MsoNormal\">{intro}</p></div></div>{old}";

#[rustfmt::skip]
pub const CLIENTS: [Client; 25] = [
    Client { name: "gmail", introduction: Angled("gmail"), html: "<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">{intro}<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid\">{old}</blockquote></div>" },
    Client { name: "gmail unmarked", introduction: Bare("gmail"), html: "<div><br></div><div>{intro}</div><div>{old}</div>" },
    Client { name: "apple", introduction: Angled("apple"), html: "<div><br><blockquote type=\"cite\"><div>{intro}</div><br class=\"Apple-interchange-newline\"><div>{old}</div></blockquote></div>" },
    Client { name: "iphone bare", introduction: Bare("apple"), html: "<div dir=\"ltr\"><br><blockquote type=\"cite\">{intro}<br><br></blockquote></div><blockquote type=\"cite\"><div dir=\"ltr\">{old}</div></blockquote>" },
    Client { name: "thunderbird", introduction: Angled("bird"), html: "<br><div class=\"moz-cite-prefix\">{intro}<br></div><blockquote type=\"cite\" cite=\"mid:x@a.example\">{old}</blockquote>" },
    Client { name: "yahoo", introduction: Bare("yahoo"), html: "<div id=\"ydp1yahoo_quoted_1\" class=\"ydp1yahoo_quoted\"><div style=\"font-size:13px\"><div>{intro}</div><div><br></div><div>{old}</div></div></div>" },
    Client { name: "proton", introduction: Angled("proton"), html: "<div class=\"protonmail_quote\">{intro}<br><blockquote class=\"protonmail_quote\" type=\"cite\">{old}</blockquote><br></div>" },
    Client { name: "roundcube", introduction: Angled("roundcube"), html: "<p id=\"reply-intro\">{intro}</p><blockquote type=\"cite\" style=\"padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0\">{old}</blockquote>" },
    Client { name: "horde", introduction: Angled("horde"), html: CITE },
    Client { name: "k9", introduction: Angled("k9"), html: "<br><br><div class=\"gmail_quote\">{intro}<blockquote class=\"gmail_quote\" style=\"margin:0pt 0pt 0pt 0.8ex;border-left:1px solid\">{old}</blockquote></div>" },
    Client { name: "notes", introduction: Angled("notes"), html: "<br><br><tt><font size=2>{intro}<br><br>{old}</font></tt>" },
    Client { name: "zoho", introduction: Dashed("gmail"), html: "<div class=\"zmail_extra_hr\" style=\"border-top: 1px solid\"></div><div class=\"zmail_extra\" data-zbluepencil-ignore=\"true\"><br><div id=\"Zm-_Id_-Sgn1\">{intro}</div><br><blockquote id=\"blockquote_zmail\">{old}</blockquote></div>" },
    Client { name: "outlook", introduction: Head { labels: "labels", above: Above::Nothing, bold: Bold::No }, html: OUTLOOK },
    Client { name: "outlook bold", introduction: Head { labels: "labels", above: Above::Nothing, bold: Bold::Yes }, html: "<div style=\"border-top:solid #B5C4DF 1.0pt\"><p>{intro}</p></div><div>{old}</div>" },
    Client { name: "outlook plain", introduction: Head { labels: "labels", above: Above::Original(0), bold: Bold::No }, html: "<p>{intro}</p>{old}" },
    Client { name: "outlook web", introduction: Head { labels: "labels", above: Above::Rule, bold: Bold::No }, html: "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri, sans-serif\">{intro}</font><div>&nbsp;</div></div><div>{old}</div>" },
    Client { name: "outlook mobile", introduction: Head { labels: "labels", above: Above::Rule, bold: Bold::Yes }, html: "<hr style=\"display:inline-block;width:98%\"><div id=\"mail-editor-reference-message-container\"><div class=\"ms-outlook-mobile-reference-message\">{intro}</div>{old}</div>" },
    Client { name: "galaxy", introduction: Head { labels: "phone", above: Above::Original(0), bold: Bold::No }, html: "<div><br></div><div style=\"font-size:100%;color:#000000\">{intro}</div><div><br></div>{old}" },
    Client { name: "naver", introduction: Head { labels: "phone", above: Above::Original(1), bold: Bold::Yes }, html: "<div class=\"replyMail\">{intro}<br>{old}</div>" },
    Client { name: "qq", introduction: Head { labels: "labels", above: Above::Original(2), bold: Bold::Yes }, html: "<div><br></div><div style=\"font-size: 12px;background:#efefef;padding:8px;\">{intro}</div><div>{old}</div>" },
    Client { name: "gmx", introduction: Head { labels: "phone", above: Above::Nothing, bold: Bold::Yes }, html: "<div name=\"quote\" style=\"margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;\"><div style=\"margin:0 0 10px 0;\">{intro}</div><div name=\"quoted-content\">{old}</div></div>" },
    Client { name: "163", introduction: Angled("gmail"), html: "<p>{intro}</p><blockquote id=\"isReplyContent\" style=\"PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid\">{old}</blockquote>" },
    Client { name: "forward gmail", introduction: Forward(0), html: "<br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{intro}</div><br>{old}</div>" },
    Client { name: "forward thunderbird", introduction: Forward(1), html: "<div class=\"moz-forward-container\">{intro}<br>{old}</div>" },
    Client { name: "forward apple", introduction: Forward(2), html: "<div><br><blockquote type=\"cite\"><div>{intro}</div><br><div>{old}</div></blockquote></div>" },
];

/// What the mail holds and what is new in it.
pub struct Made {
    pub body: String,
    pub new_text: String,
}

/// One cell of the matrix.
pub struct Cell<'a> {
    pub language: &'a Language,
    pub client: &'a Client,
    pub place: Place,
    pub n: usize,
}

const NAMES: [&str; 6] = [
    "Ann Long",
    "Long, Ann",
    "Ann Long (Aurora)",
    "\"Ann Long via Aurora\"",
    "Łukasz Ķ. O'Neil",
    "佐藤 花子",
];
const MAIL: &str = "ann.long@aurora-parcels.example";

impl Cell<'_> {
    fn introduction(&self) -> Option<Vec<String>> {
        let named =
            |sentence: &str| sentence.replace("{name}", NAMES[self.n % NAMES.len()]).replace("{mail}", MAIL);
        let phrase = |name: &str| self.language.phrase(name, self.n);
        Some(match self.client.introduction {
            Angled(name) | Bare(name) => vec![named(phrase(name)?)],
            Dashed(name) => {
                vec![format!("---- {} ---", named(phrase(name)?).trim_end_matches([':', '：', ' ']))]
            }
            Head { labels, above, bold } => self.head(labels, above, bold)?,
            Forward(form) => {
                let mut lines = vec![self.language.phrase("forward", form)?.to_owned()];
                lines.extend(self.head("phone", Above::Nothing, Bold::No)?);
                lines
            }
        })
    }

    fn head(&self, labels: &str, above: Above, bold: Bold) -> Option<Vec<String>> {
        let labels: Vec<&str> = self.language.phrase(labels, self.n)?.split('|').collect();
        let mut lines = match above {
            Above::Nothing => vec![],
            Above::Rule => vec!["________________________________".to_owned()],
            Above::Original(dashes) => {
                let words = self.language.phrase("original", self.n)?;
                vec![
                    [
                        format!("-----{words}-----"),
                        format!("-------- {words} --------"),
                        format!("------------------ {words} ------------------"),
                    ][dashes]
                        .clone(),
                ]
            }
        };
        let colon = if self.language.name == "fr" { " :" } else { ":" };
        let from = format!("{} <{MAIL}>", NAMES[self.n % NAMES.len()]);
        let values = [
            from.as_str(),
            self.language.phrase("sent", 0)?,
            "Bob Short <bob@b.example>",
            "Cy Young <cy@c.example>; Dan <dan@d.example>",
            "Re: Aurora 17",
        ];
        let values: Vec<&str> = if labels.len() == 5 {
            values.to_vec()
        } else {
            vec![values[0], values[1], values[2], values[4]]
        };
        for (label, value) in labels.iter().zip(values) {
            lines.push(if bold == Bold::Yes {
                format!("*{label}{colon}* {value}")
            } else {
                format!("{label}{colon} {value}")
            });
        }
        Some(lines)
    }

    /// The rows below the answer that aren't part of it.
    fn signature(&self) -> Vec<String> {
        let writer = self.language.writer().to_owned();
        let phrase = |name: &str| self.language.phrase(name, self.n / 7).unwrap_or_default().to_owned();
        let closing = || phrase("closing");
        let block = [
            "Beispiel GmbH · Musterweg 1 · 12345 Town",
            "T +49 30 1234567 | M +49 170 1234567",
            "www.b.example",
        ]
        .map(str::to_owned);
        let mut rows = vec![String::new()];
        match self.n % 7 {
            0 => return Vec::new(),
            1 => rows.extend(["-- ".to_owned(), writer, "Beispiel GmbH".to_owned()]),
            2 => rows.extend([closing(), writer]),
            3 => rows.extend([closing(), String::new(), writer].into_iter().chain(block)),
            4 => rows.push(phrase("footer")),
            5 => rows.extend([closing(), writer, String::new(), phrase("disclaimer")]),
            _ => rows.extend([closing(), writer, String::new(), phrase("footer")]),
        }
        rows
    }

    /// As plain text; `None` where the language or the program has no such layout.
    pub fn text(&self) -> Option<Made> {
        let intro = self.wrapped(self.introduction()?);
        let old = self.language.paragraphs("old");
        let answer = self.language.paragraphs("answer");
        let angled = matches!(self.client.introduction, Angled(_));
        if !angled && self.place != Place::Above {
            return None;
        }
        let mark = match (angled, self.n % 3) {
            (false, _) => "",
            (true, 0) => ">",
            (true, _) => "> ",
        };
        let quoted: Vec<String> =
            old.iter().flat_map(|words| fold(words, 60)).map(|line| format!("{mark}{line}")).collect();
        let mut lines: Vec<String> = Vec::new();
        match self.place {
            Place::Above => {
                lines.extend(self.answer(&answer));
                lines.extend(self.signature());
                lines.push(String::new());
                lines.extend(intro);
                if self.n.is_multiple_of(2) || !angled {
                    lines.push(String::new());
                }
                lines.extend(quoted);
                lines.extend(self.nested(mark));
            }
            Place::Below => {
                lines.extend(intro);
                lines.extend(quoted);
                lines.push(String::new());
                lines.extend(self.answer(&answer));
                lines.extend(self.signature());
            }
            Place::Between => {
                lines.extend(intro);
                lines.extend(fold(old[0], 60).iter().map(|line| format!("{mark}{line}")));
                lines.extend([String::new(), answer[0].to_owned(), String::new()]);
                lines.extend(
                    fold(old.get(1).unwrap_or(&old[0]), 60).iter().map(|line| format!("{mark}{line}")),
                );
                lines.extend([String::new(), answer[1].to_owned()]);
                lines.extend(self.signature());
            }
        }
        Some(Made { body: lines.join("\n"), new_text: answer.join("\n\n") })
    }

    fn answer(&self, answer: &[&str]) -> Vec<String> {
        vec![answer[0].to_owned(), String::new(), answer[1].to_owned()]
    }

    /// A mail further back.
    fn nested(&self, mark: &str) -> Vec<String> {
        if !self.n.is_multiple_of(4) {
            return Vec::new();
        }
        let intro = self.introduction().unwrap_or_default();
        let inner = if mark.is_empty() { "" } else { ">" };
        let rows = [String::new()]
            .into_iter()
            .chain(intro)
            .chain([format!("{inner}{}", self.language.paragraphs("old")[0])]);
        rows.map(|line| format!("{mark}{line}")).collect()
    }

    fn wrapped(&self, intro: Vec<String>) -> Vec<String> {
        if intro.len() > 1 || matches!(self.client.introduction, Dashed(_)) {
            return intro;
        }
        match self.n % 4 {
            1 => intro.iter().flat_map(|line| fold(line, 60)).collect(),
            2 => intro
                .iter()
                .flat_map(|line| {
                    line.replacen(" <", " <\n", 1).split('\n').map(str::to_owned).collect::<Vec<_>>()
                })
                .collect(),
            3 => intro.iter().flat_map(|line| fold(line, 42)).collect(),
            _ => intro,
        }
    }

    /// As HTML alone.
    pub fn html(&self) -> Option<Made> {
        if self.place == Place::Between {
            return None;
        }
        let intro: Vec<String> = self.introduction()?.iter().map(|line| escape(line)).collect();
        let intro: Vec<String> = intro
            .iter()
            .map(|line| match line.strip_prefix('*').and_then(|line| line.split_once('*')) {
                Some((label, value)) => format!("<b>{label}</b>{value}"),
                None => line.clone(),
            })
            .filter(|line| !line.starts_with("____"))
            .collect();
        let old: String =
            self.language.paragraphs("old").iter().map(|words| format!("<p>{}</p>", escape(words))).collect();
        let below = self.client.html.replace("{intro}", &intro.join("<br>")).replace("{old}", &old);
        let answer = self.language.paragraphs("answer");
        let rows = |tag: &str| {
            let all = self.answer(&answer).into_iter().chain(self.signature());
            all.map(|row| {
                if row.is_empty() {
                    format!("<{tag}><br></{tag}>")
                } else {
                    format!("<{tag}>{}</{tag}>", escape(&row))
                }
            })
            .collect::<String>()
        };
        let own = if self.n.is_multiple_of(2) { rows("div") } else { rows("p") };
        let marked = below.contains("<blockquote") && !matches!(self.client.introduction, Forward(_));
        let body = match self.place {
            Place::Above => format!("<html><body>{own}{below}</body></html>"),
            _ if marked => format!("<html><body>{below}{own}</body></html>"),
            _ => return None,
        };
        Some(Made { body, new_text: answer.join("\n\n") })
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Breaks a line between words.
fn fold(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.chars().count() + word.chars().count() >= width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}
