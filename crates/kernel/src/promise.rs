//! What several rooms say of a promise in time: what is promised, what of the time counts, whose turn it is.

crate::worded! {
    /// What is promised to be done in a time.
    Metric {
        /// Our first answer to a case.
        FirstReply = "first_reply" "First reply",
        /// Our answer to what the customer wrote later.
        NextReply = "next_reply" "Next reply",
        /// The end of the case.
        Resolution = "resolution" "Resolution",
        /// An answer to a customer who didn't understand us.
        Explanation = "explanation" "Explanation",
        /// Somebody in the customer's country.
        Place = "place" "Somebody in the customer’s country",
    }
}

crate::worded! {
    /// What of the time counts.
    Counted {
        /// The hours in which the desk is open.
        Service = "service" "hours of service",
        /// All of it.
        Elapsed = "elapsed" "all time",
    }
}

crate::worded! {
    /// Who has to do something for a case to go on.
    Party {
        /// Whoever asked.
        Customer = "customer" "Customer",
        /// Whoever answers.
        Representative = "representative" "Representative",
        /// Somebody at the client to whom it was escalated.
        ClientResolver = "client_resolver" "Client’s specialist",
        /// A maker, a repair depot, a software house.
        Vendor = "vendor" "Vendor",
    }
}
