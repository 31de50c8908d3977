package dev.siaran.internal.cdi;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.AbstractSseResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A resource's own {@code subscribe}. Jakarta REST takes all annotations from one method: one that has any of its own inherits
 * none (Jakarta REST 3.1, 3.6).
 */
final class OverriddenSubscribe {

    private static final String NAME = "subscribe";

    private final Class<?> resource;
    private final Method method;

    private OverriddenSubscribe(Class<?> resource, Method method) {
        this.resource = resource;
        this.method = method;
    }

    /** What is wrong with a subclass of the abstract resources, and what to do; empty if its stream can be opened. */
    static Optional<String> problem(Class<?> resource) {
        return annotatedMethod(resource)
                .filter(method -> !isOwn(method.getDeclaringClass()))
                .flatMap(method -> new OverriddenSubscribe(resource, method).problem());
    }

    /** The method whose annotations count: the nearest one that has any. */
    private static Optional<Method> annotatedMethod(Class<?> resource) {
        return Stream.<Class<?>>iterate(resource, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getName().equals(NAME) && !method.isBridge())
                .filter(method -> !annotations(method).isEmpty())
                .findFirst();
    }

    private static boolean isOwn(Class<?> type) {
        return type == AbstractSseQueueResource.class || type == AbstractSseResource.class;
    }

    /** The annotations of Jakarta REST on a method and its parameters. */
    private static List<Annotation> annotations(Method method) {
        return Stream.concat(
                        Arrays.stream(method.getAnnotations()),
                        Arrays.stream(method.getParameterAnnotations()).flatMap(Arrays::stream))
                .filter(annotation -> isOfJakartaRest(annotation.annotationType()))
                .toList();
    }

    private static boolean isOfJakartaRest(Class<? extends Annotation> type) {
        return type.getName().startsWith("jakarta.ws.rs.") || type.isAnnotationPresent(HttpMethod.class);
    }

    private Optional<String> problem() {
        var missing = new ArrayList<String>();
        if (!method.isAnnotationPresent(GET.class)) {
            missing.add("@GET");
        }
        if (!producesStream(method) && !producesStream(resource)) {
            missing.add("@Produces(MediaType.SERVER_SENT_EVENTS)");
        }
        if (Arrays.stream(method.getParameterAnnotations()).anyMatch(OverriddenSubscribe::isNotInjected)) {
            missing.add("@Context on each parameter");
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(message(missing));
    }

    private static boolean producesStream(AnnotatedElement element) {
        Produces produces = element.getAnnotation(Produces.class);
        return produces != null && List.of(produces.value()).contains(MediaType.SERVER_SENT_EVENTS);
    }

    private static boolean isNotInjected(Annotation[] ofParameter) {
        return Arrays.stream(ofParameter).noneMatch(Context.class::isInstance);
    }

    private String message(List<String> missing) {
        List<String> own = annotations(method).stream()
                .map(annotation -> "@" + annotation.annotationType().getSimpleName())
                .distinct()
                .toList();
        return resource.getName() + ": nobody can open this stream. Its method " + NAME
                + " has Jakarta REST annotations of its"
                + " own (" + String.join(", ", own) + "), so it inherits none and lacks " + String.join(", ", missing)
                + ". Remove them (annotations of other kinds, such as @RolesAllowed, do no harm), or add what it lacks";
    }
}
