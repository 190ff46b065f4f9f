//! A text said from memory alone, where no engine goes: what is known is said, the rest stands there as it was written.

use super::{
    course::{Said, assembled},
    plan::{Plan, Task},
    port::{How, Request, Translation, Way},
};

/// The text as far as its sentences are known; `None` when none is.
pub fn recalled(request: &Request) -> Option<Translation> {
    let plan = Plan::of(request);
    let is_known = plan.parts.iter().any(|part| matches!(part.task, Task::Known(_)));
    let unsaid = |text: &str| match text.chars().any(char::is_alphabetic) {
        true => Said { text: text.to_owned(), how: How::Nobody, confidence: 0.0 },
        false => Said::kept(text),
    };
    let parts = plan.parts.iter().filter(|part| matches!(part.task, Task::Say));
    let said = parts.map(|part| unsaid(&request.text[part.source.clone()])).collect();
    is_known.then(|| assembled(&request.text, &plan, said, Way::Memory))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::Known;

    #[test]
    fn what_nobody_knows_stands_as_it_was_written() {
        let tag = |text: &str| text.parse().expect("a tag");
        let request = |text: &str| Request::new(text, tag("pl"), tag("en"));
        assert_eq!(recalled(&request("Nic nie wiem.")), None);
        let known = Known {
            source: "Nie działa.".into(),
            target: "It doesn't work.".into(),
            confidence: 1.0,
            because: "Ana approved this.".into(),
        };
        let text = "Dzień dobry.\n\n- Nie  działa.\n- 123";
        let said = recalled(&request(text).knowing(vec![known])).expect("a sentence is known");
        assert_eq!(said.text, "Dzień dobry.\n\n- It doesn't work.\n- 123");
        let hows: Vec<_> =
            said.segments.iter().map(|segment| (segment.how.clone(), segment.confidence)).collect();
        assert!(hows.contains(&(How::Nobody, 0.0)));
        assert!(hows.contains(&(How::Memory("Ana approved this.".into()), 1.0)));
        assert_eq!(said.way.engine(), "translation memory".into());
    }
}
