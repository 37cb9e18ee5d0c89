//! Programs that read back what was set.
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder for this test; none where one of the programs is missing.
pub fn scratch(programs: &[&str]) -> Option<PathBuf> {
    let there = |p: &&str| Command::new("sh").args(["-c", &format!("command -v {p}")]).output().is_ok_and(|o| o.status.success());
    if !programs.iter().all(there) {
        return None;
    }
    let kept = std::env::var_os("XIEZHI_PAPERS").map(PathBuf::from);
    let dir = kept.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join(programs.join("-")));
    std::fs::create_dir_all(&dir).unwrap();
    Some(dir)
}
pub fn run(program: &str, args: &[&str]) -> String {
    let out = Command::new(program).args(args).output().unwrap();
    assert!(out.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}
/// The text of a PDF in the order in which it was written.
pub fn text(pdf: &Path) -> String {
    run("pdftotext", &["-raw", "-enc", "UTF-8", pdf.to_str().unwrap(), "-"])
}
/// Word-processor files of a folder in another format, by LibreOffice.
pub fn office(dir: &Path, files: &[String], to: &Path, format: &str) {
    let profile = format!("-env:UserInstallation=file://{}", dir.join("profile").display());
    let files: Vec<String> = files.iter().map(|f| dir.join(f).display().to_string()).collect();
    let mut args = vec![profile.as_str(), "--headless", "--convert-to", format, "--outdir", to.to_str().unwrap()];
    args.extend(files.iter().map(String::as_str));
    run("soffice", &args);
}
