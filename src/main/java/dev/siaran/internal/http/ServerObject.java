package dev.siaran.internal.http;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the quirks ask of a server's own objects. By name, because a server shows its applications only the servlet API, and without regard
 * to what is public. A handshake asks two dozen times, so what has been found is remembered: the server's classes outlive the application.
 */
final class ServerObject {

    private static final Map<Class<?>, Map<String, Method>> METHODS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, Map<String, Field>> FIELDS = new ConcurrentHashMap<>();

    private ServerObject() {}

    /** What a method without parameters returns. */
    static Object call(Object target, String getter) throws ReflectiveOperationException {
        return method(target, getter).invoke(target);
    }

    /** Whether a method without parameters returns true. */
    static boolean isTrue(Object target, String getter) throws ReflectiveOperationException {
        return Boolean.TRUE.equals(call(target, getter));
    }

    /** Calls a method that has one parameter. */
    static void set(Object target, String setter, int value) throws ReflectiveOperationException {
        method(target, setter, int.class).invoke(target, value);
    }

    /** A public method; never one of two by the same name. */
    static Method method(Object target, String name, Class<?>... types) throws NoSuchMethodException {
        Class<?> type = target.getClass();
        Method known = METHODS.getOrDefault(type, Map.of()).get(name);
        return known == null ? remember(METHODS, type, name, type.getMethod(name, types)) : known;
    }

    /** A public method whose parameters have other types in other versions. */
    static Method named(Object target, String name) throws NoSuchMethodException {
        Class<?> type = target.getClass();
        Method known = METHODS.getOrDefault(type, Map.of()).get(name);
        if (known != null) {
            return known;
        }
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name)) {
                return remember(METHODS, type, name, method);
            }
        }
        throw new NoSuchMethodException(type.getName() + "." + name);
    }

    /** A field of the object's class or of one that it extends. */
    static Field field(Object target, String name) throws NoSuchFieldException {
        Class<?> type = target.getClass();
        Field known = FIELDS.getOrDefault(type, Map.of()).get(name);
        if (known != null) {
            return known;
        }
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return remember(FIELDS, type, name, field);
                }
            }
        }
        throw new NoSuchFieldException(type.getName() + "." + name);
    }

    /** What an object has in a field. */
    static Object get(Object target, String field) throws ReflectiveOperationException {
        return field(target, field).get(target);
    }

    private static <T extends AccessibleObject> T remember(
            Map<Class<?>, Map<String, T>> known, Class<?> type, String name, T member) {
        member.setAccessible(true);
        known.computeIfAbsent(type, any -> new ConcurrentHashMap<>()).put(name, member);
        return member;
    }
}
