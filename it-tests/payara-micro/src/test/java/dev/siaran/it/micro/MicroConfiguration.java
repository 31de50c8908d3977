package dev.siaran.it.micro;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** The properties of arquillian.xml. */
public final class MicroConfiguration implements ContainerConfiguration {

    private String directory = "";
    private int httpPort;
    private String jvmOptions = "";
    private String arguments = "";

    /** The build directory: Payara Micro and {@link MicroServer} are in it, archives and the log go there. */
    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    /** Where it is to listen. */
    public int getHttpPort() {
        return httpPort;
    }

    public void setHttpPort(int httpPort) {
        this.httpPort = httpPort;
    }

    /** Options of the JVM. */
    public String getJvmOptions() {
        return jvmOptions;
    }

    public void setJvmOptions(String jvmOptions) {
        this.jvmOptions = jvmOptions;
    }

    /** What payara-micro.jar is started with, besides the port. */
    public String getArguments() {
        return arguments;
    }

    public void setArguments(String arguments) {
        this.arguments = arguments;
    }

    @Override
    public void validate() {
        // all are in arquillian.xml
    }
}
