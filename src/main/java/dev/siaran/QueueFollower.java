package dev.siaran;

import dev.siaran.internal.http.Beans;
import dev.siaran.internal.http.Follower;
import dev.siaran.internal.hub.SlowPolicy;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscriber of a queue resource: what the resource, and the application's policies, say about it. */
final class QueueFollower implements Follower {

    private final AbstractSseQueueResource resource;
    private final SseRequest request;

    QueueFollower(AbstractSseQueueResource resource, SseRequest request) {
        this.resource = resource;
        this.request = request;
    }

    @Override
    public List<String> channels() {
        return resource.channels(request);
    }

    @Override
    public boolean isAdmitted(String channel) {
        return resource.authorize(request, channel) && everyPolicyAgrees(channel);
    }

    private boolean everyPolicyAgrees(String channel) {
        for (var policy : Beans.current().all(ChannelPolicy.class)) {
            try {
                if (!policy.get().authorize(request, channel)) {
                    return false;
                }
            } finally {
                destroyIfDependent(policy);
            }
        }
        return true;
    }

    /** One without a scope of its own was made for this question, and would otherwise be kept for ever. */
    private static void destroyIfDependent(Instance.Handle<ChannelPolicy> policy) {
        if (policy.getBean().getScope() == Dependent.class) {
            policy.destroy();
        }
    }

    @Override
    public @Nullable String lastEventId() {
        return request.lastEventId().orElse(null);
    }

    @Override
    public SlowPolicy slowPolicy() {
        return SlowPolicy.valueOf(resource.slowClients().name());
    }
}
