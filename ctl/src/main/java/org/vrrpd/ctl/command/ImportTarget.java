package org.vrrpd.ctl.command;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** The file that an import writes: whole or not at all, readable by the service, never in place of somebody's work. */
final class ImportTarget {

    static final String GROUP = "vrrpd";
    private static final String KEPT = ".before-import";

    private final Path file;

    /** A link is followed: what it leads to is replaced, and it stays. */
    ImportTarget(Path file) throws IOException {
        this.file = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }

    /** Throws, with what to do, when there is more than comments in it already. */
    void requireReplaceable(boolean force) throws ProblemException, IOException {
        Path directory = file.getParent();
        if (!Files.isDirectory(directory)) {
            throw new ProblemException("expected a directory " + directory + " to write to, but found none");
        }
        if (force || !Files.exists(file)) {
            return;
        }
        int number = 0;
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith("!")) {
                throw new ProblemException("expected nothing but comments in " + file
                        + ", but found a configuration (line " + number + "): nothing is written."
                        + " --force replaces it, and keeps the old one as " + file.getFileName() + KEPT);
            }
        }
    }

    /** Returns the name under which the file that was there is kept, or null. */
    Path write(byte[] content) throws IOException {
        Path kept = Files.exists(file) ? free() : null;
        // for us alone at first: passwords may stand in it
        Path fresh = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
        try {
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                out.write(content);
                out.getFD().sync();
            }
            shareWithService(fresh);
            if (kept != null) {
                Files.copy(file, kept, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return kept;
    }

    private Path free() {
        Path kept = file.resolveSibling(file.getFileName() + KEPT);
        for (int i = 2; Files.exists(kept, LinkOption.NOFOLLOW_LINKS); i++) {
            kept = file.resolveSibling(file.getFileName() + KEPT + "." + i);
        }
        return kept;
    }

    private static void shareWithService(Path fresh) throws IOException {
        GroupPrincipal group;
        try {
            group = fresh.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
        } catch (UserPrincipalNotFoundException e) {
            return; // not installed by the package: nobody else needs it
        }
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        view.setGroup(group);
        view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));
    }
}
