package dev.siaran.it.embedded;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** The properties of arquillian.xml. */
public final class EmbeddedConfiguration implements ContainerConfiguration {

    private String classPath = "";
    private String directory = "";

    /** The class path of the server itself. */
    public String getClassPath() {
        return classPath;
    }

    public void setClassPath(String classPath) {
        this.classPath = classPath;
    }

    /** Where archives are unpacked and logs are written. */
    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    @Override
    public void validate() {
        // both are in arquillian.xml
    }
}
