//! The list of authorities that this computer trusts, where that is a file: on Linux and its like. Windows and macOS judge certificates
//! themselves and have no such variables.

use super::{Environment, SettingsError};
use rustls::RootCertStore;
use rustls_native_certs::CertificateResult;
use std::path::{Path, PathBuf};

/// The variables by which OpenSSL, and most programs with it, are told of another list.
const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";

/// Reads the list: the one that the variables name, where they name one, else the system's.
pub(crate) fn trusted(environment: &Environment) -> Result<RootCertStore, SettingsError> {
    let file = environment.variable(FILE).map(PathBuf::from);
    let folders: Vec<PathBuf> = environment
        .variable(FOLDERS)
        .map(|folders| std::env::split_paths(&folders).collect())
        .unwrap_or_default();
    let folders: Vec<PathBuf> = folders
        .into_iter()
        .filter(|folder| !folder.as_os_str().is_empty())
        .collect();
    let variable = match (&file, folders.is_empty()) {
        (Some(_), _) => Some(FILE),
        (None, false) => Some(FOLDERS),
        (None, true) => None,
    };
    let mut authorities = RootCertStore::empty();
    match variable {
        Some(_) => add(&mut authorities, file.as_deref(), &folders),
        None => {
            let usual = openssl_probe::probe();
            add(
                &mut authorities,
                usual.cert_file.as_deref(),
                &usual.cert_dir,
            );
        }
    }
    if authorities.is_empty() {
        return Err(SettingsError::NoAuthorities { variable });
    }
    Ok(authorities)
}

/// What cannot be read, or is no certificate, is passed over: what matters is whether anything is left.
fn add(authorities: &mut RootCertStore, file: Option<&Path>, folders: &[PathBuf]) {
    let of = |found: CertificateResult| found.certs;
    let mut certificates = of(rustls_native_certs::load_certs_from_paths(file, None));
    for folder in folders {
        certificates.extend(of(rustls_native_certs::load_certs_from_paths(
            None,
            Some(folder),
        )));
    }
    authorities.add_parsable_certificates(certificates);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    fn with(variables: &[(&str, &Path)]) -> Result<usize, Option<&'static str>> {
        let variables = variables
            .iter()
            .map(|(name, path)| ((*name).to_owned(), OsString::from(path)));
        match trusted(&Environment::of(variables)) {
            Ok(authorities) => Ok(authorities.len()),
            Err(SettingsError::NoAuthorities { variable }) => Err(variable),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn authority() -> String {
        use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        let text = BASE64_STANDARD.encode(der);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    }

    #[test]
    fn a_variable_that_leads_to_no_authority_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        };
        let empty_folder = folder.path().join("empty");
        std::fs::create_dir(&empty_folder).unwrap();
        let wrong = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for path in [
            folder.path().join("missing.pem"),
            file("empty.pem", ""),
            file("garbage.pem", "\u{1}garbage"),
            file("wrong.pem", wrong),
            empty_folder.clone(),
        ] {
            assert_eq!(with(&[(FILE, &path)]), Err(Some(FILE)), "{path:?}");
        }
        for path in [folder.path().join("missing"), empty_folder] {
            assert_eq!(with(&[(FOLDERS, &path)]), Err(Some(FOLDERS)), "{path:?}");
        }
    }

    #[test]
    fn a_variable_that_leads_to_one_counts_and_an_empty_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("one.pem");
        std::fs::write(&file, authority()).unwrap();
        assert_eq!(with(&[(FILE, &file)]), Ok(1));
        assert_eq!(with(&[(FOLDERS, folder.path())]), Ok(1));
        let missing = folder.path().join("missing.pem");
        assert_eq!(with(&[(FILE, &missing), (FOLDERS, folder.path())]), Ok(1));
        let nothing = Path::new("");
        assert_eq!(with(&[(FILE, nothing), (FOLDERS, folder.path())]), Ok(1));
        assert_eq!(with(&[(FILE, nothing), (FOLDERS, nothing)]), with(&[]));
    }
}
