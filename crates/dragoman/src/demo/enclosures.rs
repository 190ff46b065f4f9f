//! Rule: what comes with the demo's mails, made on the spot: photos, papers, a recording, and HTML.

use super::chance::Chance;

/// A small photo: a light wall, a table, and something on it. PNG, 8 bits a channel, not compressed.
pub(super) fn photo(chance: &mut Chance) -> Vec<u8> {
    const WIDTH: u32 = 120;
    const HEIGHT: u32 = 90;
    let wall = [chance.between(170, 225), chance.between(170, 225), chance.between(170, 225)];
    let thing = [chance.between(20, 140), chance.between(20, 140), chance.between(20, 140)];
    let (left, top) = (chance.between(25, 50) as u32, chance.between(18, 36) as u32);
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        rows.push(0); // Each row begins with its filter: none.
        for x in 0..WIDTH {
            let is_thing = (left..left + 42).contains(&x) && (top..70).contains(&y);
            let colour = if is_thing {
                thing
            } else if y > 66 {
                [122, 92, 66]
            } else {
                wall
            };
            let light = 255 - u64::from(x + y) / 3;
            rows.extend(colour.map(|channel| u8::try_from(channel * light / 255).unwrap_or(u8::MAX)));
        }
    }
    let mut header = Vec::new();
    header.extend(WIDTH.to_be_bytes());
    header.extend(HEIGHT.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(*b"IHDR", &header));
    png.extend(chunk(*b"IDAT", &stored(&rows)));
    png.extend(chunk(*b"IEND", &[]));
    png
}

/// A chunk of a PNG: its length, kind, content and checksum.
fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let checked = [kind.as_slice(), content].concat();
    [length.to_be_bytes().as_slice(), &checked, &crc(&checked).to_be_bytes()].concat()
}

/// The checksum of PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step =
        |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            })
        };
    !bytes.iter().fold(u32::MAX, step)
}

/// A zlib stream of stored blocks (RFC 1950 and 1951).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let blocks = bytes.chunks(0xffff).count();
    let mut stream = vec![0x78, 0x01];
    for (at, block) in bytes.chunks(0xffff).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(at + 1 == blocks));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (low, high) = bytes.iter().fold((1u32, 0u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

/// A paper of one page with these lines. Letters outside of ASCII become `?`: a page without its own font has no others.
pub(super) fn paper(lines: &[String]) -> Vec<u8> {
    let plain = |c: char| if c.is_ascii() && !c.is_control() { c } else { '?' };
    let mut text = "BT /F 12 Tf 60 780 Td 18 TL\n".to_owned();
    for line in lines {
        let safe = line.chars().map(plain).collect::<String>();
        text.push_str(&format!(
            "({}) '\n",
            safe.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
        ));
    }
    text.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let at = pdf.len();
    pdf.push_str(&format!("xref\n0 6\n0000000000 65535 f \n{places}"));
    pdf.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"));
    pdf.into_bytes()
}

/// Half a second of a tone that crackles. WAV, 8 kHz, 8 bits.
pub(super) fn recording(chance: &mut Chance) -> Vec<u8> {
    let samples: Vec<u8> = (0..4000u32)
        .map(|at| {
            let tone = 128.0 + 60.0 * (f64::from(at) * 0.345).sin();
            if chance.of_hundred(2) { 250 } else { tone as u8 }
        })
        .collect();
    let length = u32::try_from(samples.len()).unwrap_or_default();
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + length).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wav.extend(8000u32.to_le_bytes());
    wav.extend(8000u32.to_le_bytes());
    wav.extend(b"\x01\0\x08\0data");
    wav.extend(length.to_le_bytes());
    wav.extend(samples);
    wav
}

/// What a picture in an HTML mail is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// None.
    None,
    /// It comes with the mail, under this Content-ID.
    Inline(String),
    /// It lies on another server.
    Remote(String),
}

/// A text as a mail program writes it in HTML.
pub(super) fn html(text: &str, picture: &Picture) -> String {
    let paragraph = |part: &str| {
        let escaped = part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<p>{}</p>", escaped.replace('\n', "<br>"))
    };
    let image = match picture {
        Picture::None => String::new(),
        Picture::Inline(id) => format!("<p><img src=\"cid:{id}\" alt=\"\" width=\"120\"></p>"),
        Picture::Remote(name) => {
            format!("<p><img src=\"https://pictures.mail.example/{name}\" alt=\"{name}\" width=\"180\"></p>")
        }
    };
    let body: String = text.split("\n\n").map(paragraph).collect();
    format!("<div style=\"font-family: Calibri, sans-serif; font-size: 11pt\">{body}{image}</div>")
}
