//! Rates of misunderstanding with their intervals, beside native handling of the same intents.

/// The 97.5 % point of the normal distribution: intervals hold the true rate 95 times of 100.
const Z: f64 = 1.959_963_984_540_054;

/// How often something happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How many times it happened.
    pub happened: u64,
    /// In how many cases.
    pub of: u64,
    /// The 95 % interval of the share; none without cases.
    pub interval: Option<Interval>,
}

/// Bounds of a share, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

impl Rate {
    /// A rate with Wilson's score interval (E. B. Wilson 1927, *Probable inference, the law of succession, and statistical
    /// inference*, JASA 22), which holds for few cases and for rates near 0 and 1 too.
    pub fn new(happened: u64, of: u64) -> Self {
        let interval = (of > 0).then(|| {
            let (n, share) = (of as f64, happened.min(of) as f64 / of as f64);
            let spread = Z * Z / n;
            let middle = (share + spread / 2.0) / (1.0 + spread);
            let half = Z * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt() / (1.0 + spread);
            Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
        });
        Self { happened, of, interval }
    }

    /// The share, 0 to 1; none without cases.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.happened as f64 / self.of as f64)
    }
}

/// The misunderstanding rate that native handling would have with the intents of a group, so that a hard queue isn't taken for bad
/// understanding: the native rate of each intent, weighted by how often the group has it (direct standardisation). Of each intent it takes
/// how many cases the group has, and in how many of how many native cases somebody did not understand. None when native handling has no
/// case of some intent.
pub fn expected_of(mix: &[(u64, Option<(u64, u64)>)]) -> Option<f64> {
    let cases: u64 = mix.iter().map(|(cases, _)| cases).sum();
    let weighted: Option<Vec<f64>> = mix
        .iter()
        .map(|(cases, native)| {
            let (happened, of) = native.filter(|(_, of)| *of > 0)?;
            Some(*cases as f64 * happened as f64 / of as f64)
        })
        .collect();
    weighted.filter(|_| cases > 0).map(|weighted| weighted.iter().sum::<f64>() / cases as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bounds of R's `prop.test(x, n, correct = FALSE)`, to four places.
    #[track_caller]
    fn check_interval(happened: u64, of: u64, low: f64, high: f64) {
        let interval = Rate::new(happened, of).interval.expect("there are cases");
        assert!((interval.low - low).abs() < 5e-5 && (interval.high - high).abs() < 5e-5, "{interval:?}");
    }

    #[test]
    fn intervals_are_wilsons() {
        check_interval(0, 10, 0.0, 0.2775);
        check_interval(5, 10, 0.2366, 0.7634);
        check_interval(10, 10, 0.7225, 1.0);
        check_interval(15, 148, 0.0624, 0.1605);
        assert_eq!(Rate::new(0, 0).interval, None);
    }

    #[test]
    fn native_handling_is_weighted_by_the_intents_of_the_cases() {
        assert_eq!(expected_of(&[(3, Some((1, 2))), (1, Some((0, 2)))]), Some(0.375));
        assert_eq!(expected_of(&[(3, Some((1, 2))), (1, None)]), None);
        assert_eq!(expected_of(&[(1, Some((0, 0)))]), None, "no native case is no rate");
        assert_eq!(expected_of(&[]), None);
    }
}
