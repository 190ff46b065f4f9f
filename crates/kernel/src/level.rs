//! How well somebody knows a language.

crate::worded! {
    /// A level of the Common European Framework of Reference for Languages, with both ends that it leaves out.
    Level {
        /// Nothing.
        None = "none" "not at all",
        /// Familiar words.
        A1 = "a1" "A1",
        /// Simple sentences.
        A2 = "a2" "A2",
        /// The main points of what is familiar.
        B1 = "b1" "B1",
        /// The main ideas of complex texts; clear and detailed texts of one's own.
        B2 = "b2" "B2",
        /// Long and demanding texts, implied meaning; well-structured texts of one's own.
        C1 = "c1" "C1",
        /// Practically everything.
        C2 = "c2" "C2",
        /// The language that somebody grew up with.
        Native = "native" "native",
    }
}
