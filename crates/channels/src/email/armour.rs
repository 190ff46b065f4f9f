//! Rule: blocks inside a text that aren't words: PGP's armour (RFC 9580, 6.2) and uuencoded files.

/// A text without its blocks, and what they were.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bared {
    /// The words.
    pub text: String,
    /// The blocks, in their order.
    pub blocks: Vec<Block>,
}

/// A block that stood in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Something encrypted.
    Encrypted(String),
    /// The signature of the text.
    Signature(String),
    /// A file with its name.
    File(String, Vec<u8>),
}

/// Takes the blocks out; `None` when there are none.
pub(super) fn bare(text: &str) -> Option<Bared> {
    const MOST: usize = 50;
    if !text.contains("-----BEGIN PGP ") && !text.contains("begin ") {
        return None;
    }
    let mut bared = Bared::default();
    let (mut rest, mut tries) = (text, 0);
    while !rest.is_empty() {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let begins = line.starts_with("-----BEGIN PGP ") || line.starts_with("begin ");
        tries += usize::from(begins);
        let found = if begins && tries <= MOST { block(rest, line.trim_end()) } else { None };
        match found {
            Some((words, block, length)) => {
                bared.text.push_str(&words);
                bared.blocks.extend(block);
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                bared.text.push_str(line);
                rest = rest.get(line.len()..).unwrap_or_default();
            }
        }
    }
    (bared.text != text).then_some(bared)
}

/// The content of the first uuencoded file in a text.
pub(super) fn uuencoded_file(text: &str) -> Option<Vec<u8>> {
    let begin = text.split_inclusive('\n').take_while(|line| !line.starts_with("begin ")).map(str::len).sum();
    let rest = text.get(begin..)?;
    match uuencoded(rest, rest.lines().next()?)?.1? {
        Block::File(_, content) => Some(content),
        Block::Encrypted(_) | Block::Signature(_) => None,
    }
}

type Found = Option<(String, Option<Block>, usize)>;

/// The block that begins with this line: the words in it, what it is, how long it is.
fn block(rest: &str, line: &str) -> Found {
    match line {
        "-----BEGIN PGP MESSAGE-----" => {
            let whole = until(rest, "-----END PGP MESSAGE-----")?;
            Some((String::new(), Some(Block::Encrypted(whole.to_owned())), whole.len()))
        }
        "-----BEGIN PGP SIGNATURE-----" => {
            let whole = until(rest, "-----END PGP SIGNATURE-----")?;
            Some((String::new(), Some(Block::Signature(whole.to_owned())), whole.len()))
        }
        "-----BEGIN PGP SIGNED MESSAGE-----" => clear_signed(rest),
        _ if line.starts_with("begin ") => uuencoded(rest, line),
        _ => None,
    }
}

fn until<'a>(rest: &'a str, last: &str) -> Option<&'a str> {
    let end = rest.find(last)? + last.len();
    let after = rest.get(end..)?;
    let rest_of_line = after.find('\n').map_or(after.len(), |at| at + 1);
    rest.get(..end + rest_of_line)
}

/// The words between the armour's head and its signature, which is a block of its own.
fn clear_signed(rest: &str) -> Found {
    rest.contains("-----BEGIN PGP SIGNATURE-----").then_some(())?;
    let head: usize =
        rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    let head = rest.get(..head).filter(|head| head.lines().skip(1).all(|line| line.contains(": ")))?;
    let body = rest.get(head.len()..)?;
    let blank = body.split_inclusive('\n').next().map_or(0, str::len);
    let body = body.get(blank..)?;
    let signature = body.find("-----BEGIN PGP SIGNATURE-----")?;
    let words = body
        .get(..signature)?
        .split_inclusive('\n')
        .map(|line| line.strip_prefix("- ").unwrap_or(line))
        .collect();
    Some((words, None, head.len() + blank + signature))
}

/// `begin 644 name`, lines that begin with their length, `end`.
fn uuencoded(rest: &str, line: &str) -> Found {
    let mut words = line.splitn(3, ' ').skip(1);
    let (mode, name) = (words.next()?, words.next()?.trim());
    let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|b| (b'0'..=b'7').contains(&b));
    (is_mode && !name.is_empty()).then_some(())?;
    let mut content = Vec::new();
    let mut length = 0;
    for (n, line) in rest.split_inclusive('\n').enumerate() {
        length += line.len();
        match line.trim_end_matches(['\r', '\n']) {
            _ if n == 0 => {}
            "end" => {
                return (!content.is_empty())
                    .then(|| (String::new(), Some(Block::File(name.to_owned(), content)), length));
            }
            "" | "`" => {}
            line => content.extend(uudecoded(line)?),
        }
    }
    None
}

fn uudecoded(line: &str) -> Option<Vec<u8>> {
    let six = |byte: &u8| (0x20..=0x60).contains(byte).then(|| byte.wrapping_sub(0x20) & 0x3f);
    let (first, rest) = line.as_bytes().split_first()?;
    let length = usize::from(six(first)?);
    let mut bytes = Vec::with_capacity(48);
    for group in rest.chunks(4) {
        let digits: Option<Vec<u8>> = group.iter().map(six).collect();
        let digits = digits?;
        let digit = |at: usize| digits.get(at).copied().unwrap_or_default();
        bytes.extend([
            (digit(0) << 2) | (digit(1) >> 4),
            (digit(1) << 4) | (digit(2) >> 2),
            (digit(2) << 6) | digit(3),
        ]);
    }
    // Spaces at the end are often lost on the way, and some programs add a check.
    (rest.len() <= length.div_ceil(3) * 4 + 4).then_some(())?;
    bytes.resize(length, 0);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Block, bare};

    #[test]
    fn armour_and_files_are_told_from_words() {
        let signed = "Above\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nDear desk\n- -- \nAnn\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n\
            -----END PGP SIGNATURE-----\nBelow\n";
        let bared = bare(signed).unwrap();
        assert_eq!(bared.text, "Above\nDear desk\n-- \nAnn\nBelow\n");
        assert!(matches!(&bared.blocks[..], [Block::Signature(armour)] if armour.contains("abc=")));

        let bared = bare("Hi\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----").unwrap();
        assert_eq!(bared.text, "Hi\n");
        assert!(matches!(&bared.blocks[..], [Block::Encrypted(_)]));

        let bared = bare("See this:\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye").unwrap();
        assert_eq!(
            (bared.text.as_str(), &bared.blocks[..]),
            ("See this:\nBye", &[Block::File("cat.txt".to_owned(), b"Cat".to_vec())][..])
        );
    }

    #[test]
    fn words_stay_words() {
        for text in [
            "begin 644 is how it starts\nbut then words follow\nend",
            "please begin 644 x\n",
            "begin here\nend",
            "-----BEGIN PGP MESSAGE-----\nnever ends",
            "-----BEGIN PGP SIGNED MESSAGE-----\nno signature",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\nx\n-----END PGP PUBLIC KEY BLOCK-----",
        ] {
            assert_eq!(bare(text), None, "{text}");
        }
        let _ = bare(&"-----BEGIN PGP SIGNED MESSAGE-----\n".repeat(3_000));
        let _ = bare(&"begin 644 x\n".repeat(3_000));
    }
}
