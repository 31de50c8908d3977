package dev.siaran.internal.cdi;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerProvider;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a node is made of: the checked configuration and the broker that it chooses, not started yet. */
record NodeConfig(SiaranConfig siaran, Supplier<Broker> broker) {

    static NodeConfig read(Settings settings) {
        SiaranConfig config = SiaranConfig.read(settings);
        var providers = new TreeMap<String, BrokerProvider>();
        ServiceLoader.load(BrokerProvider.class, NodeConfig.class.getClassLoader())
                .forEach(provider -> providers.put(provider.name(), provider));
        BrokerProvider chosen = providers.get(config.broker());
        if (chosen == null) {
            throw Settings.refused("siaran.broker", config.broker(), "one of " + String.join(", ", providers.keySet()));
        }
        return new NodeConfig(config, chosen.configure(settings));
    }
}
