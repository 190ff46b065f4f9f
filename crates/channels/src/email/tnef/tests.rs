//! `winmail.dat`: written by the tests themselves, then opened, cut and changed.

use super::{File, unpack};

fn attribute(level: u8, number: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&[level][..], &number.to_le_bytes(), &[0, 0], &length, data, &[0, 0]].concat()
}

fn sized(kind: u16, number: u16, value: &[u8]) -> Vec<u8> {
    let length = u32::try_from(value.len()).unwrap();
    let filler = vec![0; value.len().next_multiple_of(4) - value.len()];
    [
        &kind.to_le_bytes()[..],
        &number.to_le_bytes(),
        &1_u32.to_le_bytes(),
        &length.to_le_bytes(),
        value,
        &filler,
    ]
    .concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn properties(list: &[Vec<u8>]) -> Vec<u8> {
    [&u32::try_from(list.len()).unwrap().to_le_bytes()[..], &list.concat()].concat()
}

fn wrapped(attributes: &[Vec<u8>]) -> Vec<u8> {
    [&0x223e_9f78_u32.to_le_bytes()[..], &[1, 0], &attributes.concat()].concat()
}

fn example() -> Vec<u8> {
    let number = [&[0x03, 0x00, 0x17, 0x00][..], &7_u32.to_le_bytes()].concat();
    let inner = wrapped(&[attribute(1, 0x9003, &properties(&[sized(0x1f, 0x1000, &wide("Inner words"))]))]);
    let object = [&[0; 16][..], &inner].concat();
    wrapped(&[
        attribute(
            1,
            0x9003,
            &properties(&[
                number,
                sized(0x1f, 0x1000, &wide("Grüße, see the file.")),
                sized(0x102, 0x1013, b"<p>Hi</p>"),
            ]),
        ),
        attribute(2, 0x9002, &[0; 14]),
        attribute(2, 0x8010, b"RECHNU~1.PDF\0"),
        attribute(2, 0x800f, b"%PDF"),
        attribute(
            2,
            0x9005,
            &properties(&[
                sized(0x1f, 0x3707, &wide("Rechnung März.pdf")),
                sized(0x1e, 0x370e, b"application/pdf\0"),
            ]),
        ),
        attribute(2, 0x9002, &[0; 14]),
        attribute(
            2,
            0x9005,
            &properties(&[sized(0x1f, 0x3001, &wide("Letter")), sized(0x0d, 0x3701, &object)]),
        ),
    ])
}

#[test]
fn words_and_files_are_found() {
    let found = unpack(&example()).unwrap();
    assert_eq!(
        found.plain.as_deref(),
        Some("Grüße, see the file.\0").map(|text| text.trim_end_matches('\0'))
    );
    assert_eq!(found.html.as_deref(), Some("<p>Hi</p>"));
    let pdf = File {
        name: "Rechnung März.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        content_id: String::new(),
        content: b"%PDF".to_vec(),
    };
    let letter = File {
        name: "Letter.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        content_id: String::new(),
        content: b"Inner words".to_vec(),
    };
    assert_eq!(found.files, [pdf, letter]);
    assert_eq!(unpack(b"no wrapping at all"), None);
}

#[test]
fn cut_and_changed_ones_break_nothing() {
    let sound = example();
    for at in 0..sound.len() {
        let _ = unpack(&sound[..at]);
        for value in [0, 1, 0x10, 0x7f, 0x80, 0xff] {
            let mut changed = sound.clone();
            changed[at] = value;
            let _ = unpack(&changed);
        }
    }
}
