package names

// ArchiveBucket is where old reports go.
const ArchiveBucket = "acme-archive"
