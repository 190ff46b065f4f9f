//! What several rooms say of a case: how urgent it is, how far up it has come, how its customer writes.

crate::worded! {
    /// How urgent a case is.
    Priority {
        /// It can wait.
        Low = "low" "Low",
        /// As most.
        Normal = "normal" "Normal",
        /// Before others.
        High = "high" "High",
        /// Before all others.
        Urgent = "urgent" "Urgent",
    }
}

crate::worded! {
    /// How far up a case has come.
    Tier {
        /// What customers find out by themselves.
        L0 = "L0" "L0, self-help",
        /// The first who answer.
        L1 = "L1" "L1, first line",
        /// Those who know more.
        L2 = "L2" "L2, second line",
        /// Specialists and makers.
        L3 = "L3" "L3, specialists",
    }
}

crate::worded! {
    /// How a customer's words come in.
    Channel {
        /// E-mail.
        Email = "email" "E-mail",
        /// A form on a page.
        Form = "form" "Form",
        /// Chat.
        Chat = "chat" "Chat",
        /// Telephone.
        Phone = "phone" "Telephone",
    }
}
