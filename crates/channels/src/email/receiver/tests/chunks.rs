//! The network cuts a conversation anywhere; that changes nothing.

use super::{Limits, World};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};

const WORDS: &str = "EHLO client.example\r\nMAIL FROM:<ana@client.example> SIZE=20\r\nRCPT TO:<help@aurora.example>\r\n\
    RCPT TO:<nobody@elsewhere.example>\r\nDATA\r\nSubject: Hi\r\n\r\n..dot\r\n\n.\n\r\n.\r\nNOOP\r\nNONSENSE\r\n\
    MAIL FROM:<>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\n.\r\nRSET\r\nMAIL FROM:<živa@b.example> SMTPUTF8\r\n\
    RCPT TO:<postmaster>\r\nDATA\r\nlong long long long long long long long long long long long long\r\n.\r\nQUIT\r\n";

/// How lines of nonsense begin, so that some of it gets far.
const VERBS: [&str; 9] = [
    "",
    "MAIL FROM:<",
    "MAIL FROM:<a@b.example> ",
    "MAIL FROM:<>",
    "RCPT TO:<",
    "RCPT TO:<help@aurora.example>",
    "DATA\r\n",
    "EHLO ",
    ".\r\nRSET\r\n",
];

/// With memory so small that mails go through files.
fn world() -> World {
    World::new(Limits { in_memory_bytes: 16, ..Limits::default() })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_cutting_brings_the_same(
        mut cuts in prop::collection::vec(0..WORDS.len(), 0..40),
        room in prop::sample::select(vec![1_usize, 2, 7, 64, 4096]),
    ) {
        cuts.sort_unstable();
        let ends = cuts.iter().copied().chain([WORDS.len()]);
        let pieces: Vec<_> =
            ends.scan(0, |start, end| Some(&WORDS.as_bytes()[std::mem::replace(start, end)..end])).collect();
        let (whole, cut) = (world(), world());
        let (said, answered) = run(async {
            (whole.say(WORDS.as_bytes()).await, cut.say_in_pieces(&pieces, room).await)
        });
        prop_assert_eq!(said, answered);
        prop_assert_eq!(&whole.desk.bodies(), &cut.desk.bodies());
        prop_assert_eq!(whole.desk.bodies().len(), 3);
        prop_assert_eq!(cut.spooled(), 0);
    }

    #[test]
    fn nonsense_is_survived(
        lines in prop::collection::vec((prop::sample::select(VERBS.to_vec()), prop::collection::vec(any::<u8>(), 0..40)), 0..20),
    ) {
        let words: Vec<u8> = lines.iter().flat_map(|(verb, rest)| [verb.as_bytes(), rest, b"\r\n"].concat()).collect();
        let world = world();
        let replies = run(world.say(&[b"EHLO c\r\n", &words[..]].concat()));
        for line in replies.lines() {
            prop_assert!(line.len() <= 512 && line.is_ascii() && line.as_bytes()[..3].iter().all(u8::is_ascii_digit));
        }
    }
}
