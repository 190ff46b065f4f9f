//! Authentication-Results (RFC 8601): what another server says that it found.

/// A field, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Results {
    /// The server that speaks, in lower case.
    pub(super) server: String,
    /// What it found, in its order.
    pub(super) found: Vec<Found>,
}

/// One finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// `spf`, `dkim`, `dmarc`, in lower case.
    pub(super) method: String,
    /// `pass`, `fail`, in lower case.
    pub(super) result: String,
    /// `smtp.mailfrom` and its like with their values, in lower case.
    properties: Vec<(String, String)>,
}

impl Found {
    /// The value of a property: `mailfrom` of `smtp`, `from` of `header`.
    pub(super) fn property(&self, of: &str, name: &str) -> Option<&str> {
        self.properties
            .iter()
            .find(|(known, _)| known.split_once('.') == Some((of, name)))
            .map(|(_, value)| value.as_str())
    }
}

impl Results {
    /// Takes the value of a field apart. Of an ARC-Authentication-Results field, the instance (`i=1;`) goes before.
    pub(super) fn read(value: &str) -> Self {
        let statements = statements(value);
        let mut statements = statements.iter().map(Vec::as_slice);
        let first = statements.next().unwrap_or_default();
        let server = match first {
            [name, ..] if name == "i" || name.starts_with("i=") => statements.next().unwrap_or_default(),
            first => first,
        };
        let server = server.first().cloned().unwrap_or_default();
        Self { server, found: statements.filter_map(found).collect() }
    }

    /// What it found by a method.
    pub(super) fn of(&self, method: &str) -> Option<&Found> {
        self.found.iter().find(|found| found.method == method)
    }
}

fn found(words: &[String]) -> Option<Found> {
    let mut pairs = words.iter().filter_map(|word| word.split_once('='));
    let (method, result) = pairs.next()?;
    let method = method.split('/').next().unwrap_or_default();
    let properties = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(Found { method: method.to_owned(), result: result.to_owned(), properties })
}

/// The statements between semicolons, each in words, in lower case, without comments and quotation marks.
fn statements(value: &str) -> Vec<Vec<String>> {
    let (mut all, mut words, mut word) = (Vec::new(), Vec::new(), String::new());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in value.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted || depth > 0 => {
                escaped = true;
                continue;
            }
            '"' if depth == 0 => {
                quoted = !quoted;
                continue;
            }
            '(' if !quoted => {
                depth += 1;
                continue;
            }
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                continue;
            }
            ';' if !quoted && depth == 0 => {
                push(&mut words, &mut word);
                all.push(std::mem::take(&mut words));
                continue;
            }
            c if c.is_whitespace() && !quoted && depth == 0 => {
                push(&mut words, &mut word);
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            word.extend(c.to_lowercase());
        }
    }
    push(&mut words, &mut word);
    all.push(words);
    all.into_iter().map(joined).collect()
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// `spf = pass` is `spf=pass`.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        match all.last_mut() {
            Some(last) if last.ends_with('=') || word.starts_with('=') => last.push_str(&word),
            _ => all.push(word),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, server: &str, expected: &[(&str, &str, &str)]) {
        let read = Results::read(value);
        let found: Vec<(&str, &str, &str)> = read
            .found
            .iter()
            .map(|found| {
                let of = [("smtp", "mailfrom"), ("header", "from"), ("header", "d")];
                let property = of.iter().find_map(|(of, name)| found.property(of, name)).unwrap_or_default();
                (found.method.as_str(), found.result.as_str(), property)
            })
            .collect();
        assert_eq!((read.server.as_str(), found.as_slice()), (server, expected), "{value}");
    }

    #[test]
    fn findings_are_read_in_the_layouts_that_servers_write() {
        check("mx.example; none", "mx.example", &[]);
        check(
            "mx.google.com; dkim=pass header.i=@a.example header.s=x header.b=abc; spf=pass (google.com: domain of eva@a.example \
             designates 192.0.2.1 as permitted sender) smtp.mailfrom=eva@a.example; dmarc=pass (p=REJECT sp=REJECT) header.from=a.example",
            "mx.google.com",
            &[("dkim", "pass", ""), ("spf", "pass", "eva@a.example"), ("dmarc", "pass", "a.example")],
        );
        check(
            "MX.Example 1; SPF=Fail smtp.mailfrom=\"A.Example\"",
            "mx.example",
            &[("spf", "fail", "a.example")],
        );
        check(
            "i=1; mx.example; dmarc=pass header.from=a.example",
            "mx.example",
            &[("dmarc", "pass", "a.example")],
        );
        check(
            "mx.example; spf/1 = pass smtp.mailfrom = a.example",
            "mx.example",
            &[("spf", "pass", "a.example")],
        );
        check("", "", &[]);
        check(";;;", "", &[]);
    }

    #[test]
    fn comments_and_quotes_hide_what_is_in_them() {
        check("mx.example (spf=pass; dkim=pass); spf=fail", "mx.example", &[("spf", "fail", "")]);
        check(
            "mx.example; spf=fail reason=\"x; spf=pass smtp.mailfrom=a.example\"",
            "mx.example",
            &[("spf", "fail", "")],
        );
        check("mx.example; spf=fail (a (b) c\\) ; spf=pass", "mx.example", &[("spf", "fail", "")]);
        check(
            "mx.example; spf=pass ) ; dkim=fail",
            "mx.example",
            &[("spf", "pass", ""), ("dkim", "fail", "")],
        );
    }
}
