//! How the program gives memory back.

/// Pieces of more bytes are asked of the system one by one, and go back to it as soon as they are let go.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 128 * 1024;

/// Keeps the C library from holding on to large pieces.
///
/// glibc starts with the same 128 KiB, but raises the limit up to 32 MiB once a larger piece was let go: then a mail of
/// megabytes leaves holes in the arena of every thread that it passed through. Setting the limits keeps them.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "mallopt takes two numbers and is called before there is another thread")]
pub fn give_large_pieces_back() {
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, LARGE);
    }
}

/// Other C libraries give large pieces back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_large_pieces_back() {}
