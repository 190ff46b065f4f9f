//! A certificate authority that nobody else knows, and the good and bad certificates that it signs.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::{fs, path::Path};

/// An authority.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its own certificate in PEM form.
    pub root: String,
}

impl Authority {
    /// A new one.
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut about = CertificateParams::new(Vec::new()).unwrap();
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = about.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(about, key), root }
    }

    /// Writes a certificate for a name, good within these years, to `folder/name.pem` and its key to `folder/name.key`.
    pub fn sign(&self, folder: &Path, name: &str, (from, to): (i32, i32), of: &str) {
        let key = KeyPair::generate().unwrap();
        let mut about = CertificateParams::new(vec![of.to_owned()]).unwrap();
        (about.not_before, about.not_after) = (date_time_ymd(from, 3, 2), date_time_ymd(to, 3, 2));
        let signed = about.signed_by(&key, &self.issuer).unwrap();
        fs::write(folder.join(format!("{name}.pem")), signed.pem()).unwrap();
        fs::write(folder.join(format!("{name}.key")), key.serialize_pem()).unwrap();
    }
}
