package dev.siaran.it.app;

import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive in the heap of this process, after a full collection. */
public final class ClassHistogram {

    private ClassHistogram() {}

    /** How many objects there are of a class, a number for each class loader that has some. */
    public static LongStream instances(String name) throws JMException {
        var diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(diagnostics, "gcClassHistogram", new Object[] {new String[0]}, new String[] {
                    String[].class.getName()
                });
        return histogram
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(name))
                .mapToLong(columns -> Long.parseLong(columns[1]));
    }
}
