package dev.siaran.it;

import java.io.IOException;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;

/** What an administrator tells WildFly. Used by one thread. */
final class Management implements AutoCloseable {

    private final ModelControllerClient client;

    Management() throws IOException {
        client = ModelControllerClient.Factory.create("remote+http", "127.0.0.1", Integer.getInteger("port.admin"));
    }

    /** @param address names and values in turn */
    static ModelNode operation(String name, String... address) {
        var operation = new ModelNode();
        operation.get("operation").set(name);
        for (int i = 0; i < address.length; i += 2) {
            operation.get("address").add(address[i], address[i + 1]);
        }
        return operation;
    }

    /** The result of what has to succeed. */
    ModelNode execute(ModelNode operation) {
        try {
            ModelNode answer = client.execute(operation);
            if (!answer.get("outcome").asString().equals("success")) {
                throw new AssertionError(answer.toString());
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new AssertionError(operation.toString(), e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
