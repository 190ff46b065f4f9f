//! Sample entries of a thread: each kind of entry in each of its states.

use super::{ines, language, marta, when};
use crate::views::thread::{
    Attachment, Delivery, Download, Entry, Event, EventKind, Incoming, Note, Original, Paragraph, Remote,
    Reply, SecondReader, Sender, Showing, Step,
};
use crate::views::translations::{Pair, Piece, Side, Translation};

/// A thread as it usually looks.
pub fn usual_thread() -> Vec<Entry> {
    vec![
        event(EventKind::Opened, "Opened by mail to help@aurora.example", &[]),
        Entry::Incoming(first_letter()),
        event(
            EventKind::Assigned,
            "Assigned to Marta Reis",
            &["answers in Polish", "fewest open cases in the team"],
        ),
        Entry::Note(note()),
        Entry::Reply(reply("r1", Delivery::Delivered(when("13:20")))),
        Entry::Incoming(answer()),
    ]
}

/// Every kind of entry in every state.
pub fn entries_in_every_state() -> Vec<Entry> {
    let deliveries = [
        Delivery::Waiting { goes: when("14:06") },
        Delivery::Queued {
            reason: "30 letters went to poczta.example this minute, so this one takes its turn.".to_owned(),
            goes: when("14:07"),
        },
        Delivery::Scheduled {
            goes: when("tomorrow 09:00"),
            when_answered: "If the customer writes before, it is held until somebody decides.".to_owned(),
            typed: "2026-03-03T09:00".to_owned(),
            zone: "Europe/Lisbon".to_owned(),
        },
        Delivery::Held {
            reason: "The customer wrote before this reply left. Read that first; then send it, or take it back and change it."
                .to_owned(),
        },
        Delivery::Sending,
        Delivery::Sent(when("14:05")),
        Delivery::Delivered(when("14:05")),
        Delivery::Retrying {
            reason: "The recipient’s server asks us to wait (450 mailbox busy).".to_owned(),
            attempts: 2,
            next: when("14:20"),
        },
        Delivery::Failed {
            reason: "The recipient’s server doesn’t know the address (550 no such user).".to_owned(),
        },
    ];
    let mut entries = usual_thread();
    entries.push(Entry::Incoming(formatted_letter()));
    entries.push(Entry::Incoming(arabic_letter()));
    entries.push(event(EventKind::Priority, "Priority raised to high by Inês Duarte", &[]));
    entries.push(event(EventKind::State, "Waiting for the customer", &[]));
    entries.push(event(EventKind::Mail, "The reply came back: the mailbox is full", &[]));
    entries.push(event(EventKind::Closed, "Closed by Marta Reis", &[]));
    let replies = deliveries.into_iter().enumerate();
    entries.extend(replies.map(|(number, delivery)| Entry::Reply(reply(&format!("d{number}"), delivery))));
    entries
}

fn first_letter() -> Incoming {
    Incoming {
        paragraphs: paragraphs(&[
            "Dzień dobry,",
            "od wczoraj ekspres Aurora Barista 3 tylko mruga na czerwono i nie podgrzewa wody. Odkamienianie zrobiłam w zeszłym tygodniu zgodnie z instrukcją, dysza jest czysta.",
            "Numer seryjny: AB3-88213-PL, kupiony 12 maja w sklepie internetowym. Czy mam go odesłać, czy może da się coś zrobić na miejscu? Instrukcja, z której korzystałam: https://aurora.example/pl/barista-3.",
        ]),
        signature: Some("Zofia Nowak\nKraków, tel. 600 100 200".to_owned()),
        marks: Vec::new(),
        because: vec!["opens a case: it answers none of our letters".to_owned()],
        attachments: vec![
            attachment("IMG_2043.jpg", "JPEG image", "1.8 MB"),
            attachment("paragon.pdf", "PDF", "240 kB"),
        ],
        ..incoming("i1", "Zofia Nowak", "zofia.nowak@poczta.example", "ZN", "pl")
    }
}

fn answer() -> Incoming {
    Incoming {
        translation: Some(Translation::Done(Box::new(pair()))),
        signals: super::meter::signals(),
        second_reader: Some(SecondReader::Asked {
            sentence: "Inês Duarte did not understand this and asks for a second reader, since 13:30."
                .to_owned(),
            url: "/gallery".to_owned(),
        }),
        paragraphs: paragraphs(&[
            "Dziękuję za szybką odpowiedź!",
            "Zrobiłam reset, jak Pani opisała. Lampka przestała mrugać, ale woda nadal jest zimna.",
        ]),
        quoted: Some(
            "Marta Reis <help@aurora.example> napisała:\n> Proszę przytrzymać przycisk pary przez 8 sekund."
                .to_owned(),
        ),
        marks: Vec::new(),
        because: vec!["joined: it answers our reply of 13:20 (In-Reply-To)".to_owned()],
        ..incoming("i2", "Zofia Nowak", "zofia.nowak@poczta.example", "ZN", "pl")
    }
}

fn formatted_letter() -> Incoming {
    Incoming {
        sender: Some(forged_sender()),
        original: Some(Original {
            url: "/gallery/mail".to_owned(),
            remote: Remote::Asked("/gallery/mail?images=shown".to_owned()),
            showing: Showing::Original,
        }),
        problems: vec!["The character set wasn’t declared; Windows-1252 was assumed.".to_owned()],
        ..incoming("i3", "Jonas Keller", "j.keller@post.example", "JK", "de")
    }
}

fn proven_sender() -> Sender {
    Sender {
        word: "Sender proven",
        icon: "check",
        key: "proven",
        reasons: vec!["The mail carries a right signature of poczta.example.".to_owned()],
        marks: Vec::new(),
        answers: None,
        choice: None,
    }
}

fn forged_sender() -> Sender {
    Sender {
        word: "Looks forged",
        icon: "alert",
        key: "failed",
        reasons: vec!["post.example asks to refuse mail in its name that it doesn't vouch for, and it doesn't vouch for this mail.".to_owned()],
        marks: vec!["Ask the customer another way, such as by phone, before you do what this mail asks.".to_owned(), "Its name looks like ours (Aurora), but j.keller@post.example isn't one of our addresses.".to_owned()],
        answers: Some("It asks for answers at keller@elsewhere.example. They don't go there, because the mail looks forged.".to_owned()),
        choice: None,
    }
}

fn arabic_letter() -> Incoming {
    Incoming {
        paragraphs: paragraphs(&["مرحبًا، لم يصلني الطلب بعد. هل يمكنكم التحقق من رقم الشحنة؟"]),
        ..incoming("i4", "Samir Haddad", "samir@bareed.example", "SH", "ar")
    }
}

fn incoming(id: &str, from: &str, address: &str, initials: &str, tag: &str) -> Incoming {
    Incoming {
        id: id.to_owned(),
        from: from.to_owned(),
        address: address.to_owned(),
        sender: Some(proven_sender()),
        initials: initials.to_owned(),
        received: when("12:47"),
        language: Some(language(tag)),
        language_url: "/gallery".to_owned(),
        paragraphs: Vec::new(),
        quoted: None,
        signature: None,
        original: None,
        raw_url: Some("/preview/raw".to_owned()),
        attachments: Vec::new(),
        marks: Vec::new(),
        because: Vec::new(),
        problems: Vec::new(),
        signals: Vec::new(),
        second_reader: Some(SecondReader::Offered("/gallery".to_owned())),
        translation: None,
    }
}

fn reply(id: &str, delivery: Delivery) -> Reply {
    Reply {
        case: "1042".to_owned(),
        id: id.to_owned(),
        author: marta(),
        to: "zofia.nowak@poczta.example".to_owned(),
        written: when("13:20"),
        language: Some(language("pl")),
        body_html: "<p>Dzień dobry Pani Zofio,</p><p>dziękuję za dokładny opis. Proszę spróbować tak:</p>\
                    <ol><li>Wyłączyć ekspres i odczekać minutę.</li><li>Przytrzymać <strong>przycisk pary</strong> przez 8 sekund.</li>\
                    <li>Włączyć ponownie.</li></ol><p>Z pozdrowieniami<br>Marta Reis</p>"
            .to_owned(),
        attachments: Vec::new(),
        delivery,
        copies: vec!["jan.nowak@poczta.example".to_owned()],
        downloads: vec![Download {
            name: "film.mp4".to_owned(),
            size: "34.2 MB".to_owned(),
            state: "until 26 Aug, fetched once".to_owned(),
            end_url: Some("#".to_owned()),
        }],
        steps: vec![Step {
            sentence: "mx.poczta.example accepted it.".to_owned(),
            words: Some("250 2.0.0 queued as ABC".to_owned()),
            at: when("13:21"),
        }],
        signals: Vec::new(),
        not_understood: Some(
            "The customer did not understand this, they said today 14:02. Write it in other words.".to_owned(),
        ),
        original: Some(pair()),
    }
}

fn note() -> Note {
    Note {
        id: "n1".to_owned(),
        author: ines(),
        written: when("13:02"),
        body_html: "<p>Same heater fault as last week’s batch <code>AB3-88</code>. If the reset doesn’t help, offer an exchange at once.</p>"
            .to_owned(),
        marks: Vec::new(),
    }
}

fn event(kind: EventKind, sentence: &str, because: &[&str]) -> Entry {
    Entry::Event(Event {
        kind,
        sentence: sentence.to_owned(),
        because: because.iter().map(ToString::to_string).collect(),
        at: when("12:47"),
    })
}

fn paragraphs(texts: &[&str]) -> Vec<Paragraph> {
    texts.iter().map(|text| Paragraph { text: text.to_string(), language: None }).collect()
}

fn attachment(name: &str, kind: &str, size: &str) -> Attachment {
    Attachment {
        url: "/preview/raw".to_owned(),
        image_url: None,
        name: name.to_owned(),
        kind: kind.to_owned(),
        size: size.to_owned(),
    }
}

/// A text and its translation, one passage of it doubtful.
pub fn pair() -> Pair {
    let piece = |text: &str, number: usize, is_doubtful: bool| Piece::plain(text, Some(number), is_doubtful);
    let between = || Piece::plain(" ", None, false);
    let side = |heading: &str, tag: &str, first: &str, second: &str| Side {
        heading: heading.to_owned(),
        language: Some(language(tag)),
        pieces: vec![piece(first, 0, false), between(), piece(second, 1, true)],
    };
    Pair {
        original: side(
            "Polish, as it was written",
            "pl",
            "Para leci, dziękuję!",
            "Teraz tylko trochę kapie.",
        ),
        translation: side(
            "English, by a machine",
            "en",
            "The steam is coming, thank you!",
            "Now it only drips a little.",
        ),
        label: "Translated by a machine (Firefox pl-en).".to_owned(),
        doubt: Some("One passage is doubtful; it is underlined.".to_owned()),
    }
}
