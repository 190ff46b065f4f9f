//! What a command is given to read: a file, or `-` for standard input.

use crate::say::Failure;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read as _},
    path::Path,
};

/// It, piece by piece.
///
/// # Errors
/// When it can't be opened.
pub fn open(file: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).map_err(|error| unreadable(file, &error))?;
    Ok(Box::new(BufReader::new(opened)))
}

/// All of it.
///
/// # Errors
/// When it can't be read.
pub fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    Ok(bytes)
}

/// All of it as text. What is no UTF-8 becomes the sign for that, so that one bad byte takes nothing else away.
///
/// # Errors
/// When it can't be read.
pub fn text(file: &Path) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&bytes(file)?).into_owned())
}

/// Why it can't be read.
pub fn unreadable(file: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} can't be read: {error}", file.display()), "Check the path.")
}
