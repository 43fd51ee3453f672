package dev.stanch.revokers.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/// The classes of a jar that is in memory. A loader that opens the file again would run what stands
/// there by then, not what was compared with the trusted digest.
final class JarClassLoader extends ClassLoader {
  private static final long LARGEST = 256L << 20;

  private final Map<String, byte[]> entries = new HashMap<>();

  JarClassLoader(String name, byte[] jar) throws IOException {
    super(name, JarClassLoader.class.getClassLoader());
    long left = LARGEST;
    try (var in = new JarInputStream(new ByteArrayInputStream(jar))) {
      for (JarEntry entry; (entry = in.getNextJarEntry()) != null; ) {
        byte[] bytes = in.readNBytes((int) left + 1);
        left -= bytes.length;
        if (left < 0) {
          throw new IOException("it unpacks to more than 256 MiB");
        }
        entries.putIfAbsent(entry.getName(), bytes);
      }
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = entries.get(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] bytes = entries.get(name);
    if (bytes == null) {
      return null;
    }
    try {
      return URL.of(URI.create("plugin:/resource"), new InMemory(bytes));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  private static final class InMemory extends URLStreamHandler {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
